//! Whose work each layer of each component is, as comma-separated values for a spreadsheet.

use super::csv::line;
use super::{Export, figures};
use crate::components::{Layer, component_type};
use crate::evaluate::{ComponentEvaluation, Evaluation};
use crate::plan::Plan;

pub(super) const EXPORT: Export = Export {
    id: "responsibilities",
    name: "Responsibilities (CSV)",
    extension: "csv",
    mime: "text/csv",
    write,
};

fn write(plan: &Plan, evaluation: &Evaluation) -> String {
    let head = ["Component", "Name", "Type", "Hosting", "Provider"];
    let layers = Layer::ALL.into_iter().map(Layer::name);
    let mut lines = vec![line(
        head.into_iter()
            .chain(layers)
            .chain(["Days a month"])
            .map(str::to_owned),
    )];
    let mut seen = std::collections::BTreeSet::new();
    for component in &plan.components {
        let Some(found) = evaluation.components.get(&component.id) else {
            continue;
        };
        if found.yours.len() + found.theirs.len() == 0 || !seen.insert(&component.id) {
            continue;
        }
        let kind = component_type(&component.kind);
        let facts = [
            component.id.to_string(),
            component.label.clone(),
            kind.map_or_else(|| component.kind.clone(), |kind| kind.name.to_owned()),
            found.hosting.map_or("", |kind| kind.name()).to_owned(),
            found.provider.clone().unwrap_or_default(),
        ];
        let layers = Layer::ALL
            .into_iter()
            .map(|layer| whose(found, layer).to_owned());
        let days = figures::number(found.work_month.0);
        lines.push(line(facts.into_iter().chain(layers).chain([days])));
    }
    lines.concat()
}

fn whose(component: &ComponentEvaluation, layer: Layer) -> &'static str {
    if component.yours.contains(&layer) {
        "yours"
    } else if component.theirs.contains(&layer) {
        "theirs"
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::evaluate::evaluate;
    use crate::plan::sketch::sketch;

    #[test]
    fn every_layer_has_a_word_and_odd_names_stay_in_their_field() {
        let mut plan =
            sketch("users -> app[offer=heroku-standard-1x] -> db[offer=aws-m5-large]").unwrap();
        std::rc::Rc::make_mut(&mut plan.components[1]).label = "Shop, \"new\"".to_owned();
        std::rc::Rc::make_mut(&mut plan.components[2]).label = "=1+1".to_owned();
        let text = write(&plan, &evaluate(&plan, &Catalog::embedded(), None));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 3, "{text}");
        assert_eq!(
            lines[1],
            "app,\"Shop, \"\"new\"\"\",App server,PaaS,Heroku,theirs,theirs,theirs,theirs,yours,yours,,0.1"
        );
        assert!(
            lines[2].starts_with(
                "db,'=1+1,SQL database,IaaS,Amazon Web Services,theirs,theirs,yours,,,,yours,"
            ),
            "{text}"
        );
    }
}
