//! How busy places may be so that the rest carries the load when some of them are gone.
//!
//! **Question.** A load is spread evenly over places that are all alike: what do the others do after a loss?
//!
//! **Model.** The survivors share the load evenly; nothing is added during the failure (static stability).
//!
//! **Assumptions.** The load stays what it is, and goes to the survivors at once.
//!
//! **Formula.** With `z` places at utilisation `U` and `k` of them lost: `U z ÷ (z − k)` after it, so that
//! `U ≤ (z − k) ÷ z` before it keeps the rest at or below 1.
//!
//! **Reference.** AWS Builders' Library, *Static stability using Availability Zones*.
//!
//! **Complexity.** Constant.

/// Utilisation of those that are left when `lost` of `places` places, each at `utilisation`, are gone.
///
/// `None` if nothing is left, or for a utilisation that is negative or not a number.
pub fn after_loss(utilisation: f64, places: usize, lost: usize) -> Option<f64> {
    let left = places.checked_sub(lost).filter(|&left| left > 0)?;
    let after = utilisation * places as f64 / left as f64;
    (after.is_finite() && utilisation >= 0.0).then_some(after)
}

/// The utilisation before a loss at which those that are left are just full: `(z − k) ÷ z`; 0 if nothing is left.
pub fn most_before_loss(places: usize, lost: usize) -> f64 {
    match places.checked_sub(lost) {
        Some(left) if left > 0 => left as f64 / places as f64,
        _ => 0.0,
    }
}
