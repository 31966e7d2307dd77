//! Rows of comma-separated values for spreadsheets.

/// One line as in RFC 4180. What a spreadsheet would take for a formula is kept from being one.
pub(super) fn line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(|one| field(&one)).collect();
    format!("{}\r\n", fields.join(","))
}

fn field(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}
