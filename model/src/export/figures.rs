//! Figures as a person reads them: few digits, the unit that fits, never more precision than there is.

use crate::evaluate::JourneyEvaluation;
use crate::metrics::{Metric, MetricValue};
use crate::plan::Plan;
use crate::units::{Money, Probability, Range, RequestsPerSecond, Seconds};

/// Three significant digits, thousands set apart: `0.0123`, `4.5`, `1,230`.
pub fn number(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e15).contains(&magnitude) {
        return format!("{value:.2e}");
    }
    let decimals = (2 - magnitude.log10().floor() as i32).clamp(0, 6) as usize;
    let rounded = format!("{value:.decimals$}");
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let fraction = fraction.trim_end_matches('0');
    let whole = with_thousands(whole);
    if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    }
}

/// An amount of money: whole units from 100 on, two decimals below; `$` and `€` by their sign.
pub fn money(amount: Money, currency: &str) -> String {
    let magnitude = amount.0.abs();
    let digits = if magnitude >= 1e15 {
        number(magnitude)
    } else if magnitude >= 99.995 || magnitude == 0.0 {
        with_thousands(&format!("{magnitude:.0}"))
    } else {
        format!("{magnitude:.2}")
    };
    let minus = if amount.0 < 0.0 { "-" } else { "" };
    match currency {
        "USD" => format!("{minus}${digits}"),
        "EUR" => format!("{minus}€{digits}"),
        "GBP" => format!("{minus}£{digits}"),
        code => format!("{minus}{digits} {code}"),
    }
}

/// The currency of every amount of a plan.
pub fn currency(plan: &Plan) -> &str {
    let stamp = plan.catalogue.as_ref();
    stamp
        .and_then(|stamp| stamp.currency.as_deref())
        .unwrap_or("USD")
}

/// Requests per second.
pub fn rate(rate: RequestsPerSecond) -> String {
    format!("{}/s", number(rate.0))
}

/// A span from microseconds to days.
pub fn time(time: Seconds) -> String {
    let seconds = time.0;
    let (value, unit) = match seconds.abs() {
        0.0 => (0.0, "s"),
        ..1e-3 => (seconds * 1e6, "µs"),
        ..1.0 => (seconds * 1e3, "ms"),
        ..90.0 => (seconds, "s"),
        ..5400.0 => (seconds / 60.0, "min"),
        ..172_800.0 => (seconds / 3600.0, "h"),
        _ => (seconds / 86_400.0, "days"),
    };
    format!("{} {unit}", number(value))
}

/// An interval of times: `129 to 134 ms`, `980 µs to 1.02 ms`.
pub fn times(low: Seconds, high: Seconds) -> String {
    let (low, high) = (time(low), time(high));
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        (Some((number, unit)), Some((_, same))) if unit == same => format!("{number} to {high}"),
        _ => format!("{low} to {high}"),
    }
}

/// A share in percent.
pub fn percent(share: f64) -> String {
    format!("{} %", number(share * 100.0))
}

/// Availability in percent, with as many digits as its failure side has meaning: `99.9 %`, `99.9983 %`.
pub fn availability(unavailability: Probability) -> String {
    let down = unavailability.0 * 100.0;
    if down <= 0.0 {
        return "100 %".to_owned();
    }
    let decimals = (1 - down.log10().floor() as i32).clamp(0, 12) as usize;
    let text = format!("{:.decimals$}", 100.0 - down);
    let text = if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        &text
    };
    format!("{text} %")
}

/// Expected time down in a year.
pub fn downtime(unavailability: Probability) -> String {
    time(Seconds(unavailability.hours_per_year() * 3600.0))
}

/// Expected time down of a journey in a year; where it is estimated, that and what it certainly lies between.
pub fn journey_downtime(journey: &JourneyEvaluation) -> String {
    let down = downtime(journey.unavailability);
    if journey.exact {
        return down;
    }
    let Range { low, high, .. } = journey.unavailability_range;
    format!(
        "about {down}, between {} and {}",
        downtime(Probability(low)),
        downtime(Probability(high))
    )
}

/// What a metric is, with its unit.
pub fn metric(metric: &Metric, value: &MetricValue, currency: &str) -> String {
    match value {
        MetricValue::Word(word) => word.clone(),
        MetricValue::Number(value) if is_money(metric) => {
            format!("{} {}", money(Money(*value), currency), metric.unit)
        }
        MetricValue::Number(value) if metric.id == "availability" => {
            availability(Probability(1.0 - value))
        }
        MetricValue::Number(value) if metric.unit.is_empty() => number(*value),
        MetricValue::Number(value) => format!("{} {}", number(*value), metric.unit),
    }
}

fn is_money(metric: &Metric) -> bool {
    metric.id.starts_with("cost.") || metric.id == "lockin.exit_cost"
}

fn with_thousands(whole: &str) -> String {
    let digits = whole.trim_start_matches('-');
    let mut out = String::from(&whole[..whole.len() - digits.len()]);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_three_digits_and_no_idle_zeros() {
        for (value, text) in [
            (0.0, "0"),
            (2.0, "2"),
            (0.012_345, "0.0123"),
            (4.50, "4.5"),
            (999.6, "1,000"),
            (1_234_567.0, "1,234,567"),
            (-1500.0, "-1,500"),
            (1e-9, "1.00e-9"),
            (3e20, "3.00e20"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn money_stands_as_on_a_bill() {
        assert_eq!(money(Money(4.5), "USD"), "$4.50");
        assert_eq!(money(Money(1234.4), "EUR"), "€1,234");
        assert_eq!(money(Money(0.0), "CHF"), "0 CHF");
        assert_eq!(money(Money(-99.996), "USD"), "-$100");
        assert_eq!(money(Money(1e300), "USD"), "$1.00e300");
    }

    #[test]
    fn spans_take_the_unit_that_fits() {
        for (seconds, text) in [
            (0.0, "0 s"),
            (0.000_05, "50 µs"),
            (0.012, "12 ms"),
            (1.5, "1.5 s"),
            (600.0, "10 min"),
            (64_800.0, "18 h"),
            (864_000.0, "10 days"),
        ] {
            assert_eq!(time(Seconds(seconds)), text);
        }
    }

    #[test]
    fn availability_shows_its_nines() {
        for (down, text) in [
            (0.0, "100 %"),
            (0.001, "99.9 %"),
            (0.000_017, "99.9983 %"),
            (0.0021, "99.79 %"),
            (0.5, "50 %"),
            (1.0, "0 %"),
            (1e-30, "100 %"),
        ] {
            assert_eq!(availability(Probability(down)), text);
        }
        assert_eq!(downtime(Probability(0.0021)), "18.4 h");
    }

    #[test]
    fn an_interval_names_its_unit_once() {
        assert_eq!(times(Seconds(0.129), Seconds(0.134)), "129 to 134 ms");
        assert_eq!(times(Seconds(98e-5), Seconds(102e-5)), "980 µs to 1.02 ms");
    }

    #[test]
    fn every_metric_is_shown_with_its_unit() {
        let shown = |id: &str, value: f64| {
            let (found, _) = crate::metrics::metric(id).unwrap();
            metric(found, &MetricValue::Number(value), "USD")
        };
        assert_eq!(shown("cost.month", 120.0), "$120 per month");
        assert_eq!(shown("perf.mean_ms.peak", 12.3), "12.3 ms");
        assert_eq!(shown("spof.instance", 2.0), "2");
        assert_eq!(shown("availability", 0.999), "99.9 %");
        assert_eq!(
            crate::metrics::METRICS
                .iter()
                .filter(|metric| is_money(metric))
                .count(),
            4
        );
    }
}
