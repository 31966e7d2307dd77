//! Markdown tables whose cells hold any text.

/// A table: column names, then one row per line.
pub(crate) fn table(columns: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let rule = vec!["---".to_owned(); columns.len()];
    let head = columns.iter().map(|&name| name.to_owned()).collect();
    let lines = [head, rule].into_iter().chain(rows).map(|cells| {
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        format!("| {} |\n", cells.join(" | "))
    });
    lines.collect()
}

fn cell(text: &str) -> String {
    text.replace('\n', " ").replace('|', "\\|")
}
