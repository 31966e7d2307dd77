//! Rows of figures under headings, numbers to the right.

use yew::prelude::*;

use super::keys::unique;

/// No more rows than this are drawn; the caption says how many there are.
const MOST: usize = 200;

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    /// The words.
    pub label: AttrValue,
    /// Whether numbers stand below.
    pub numeric: bool,
}

impl Column {
    /// A heading over words.
    pub(crate) fn text(label: impl Into<AttrValue>) -> Self {
        Self {
            label: label.into(),
            numeric: false,
        }
    }

    /// A heading over numbers.
    pub(crate) fn number(label: impl Into<AttrValue>) -> Self {
        Self {
            label: label.into(),
            numeric: true,
        }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Its name among the rows.
    pub key: String,
    /// A cell for each heading; the first says what the row is about.
    pub cells: Vec<Html>,
}

/// Draws rows of figures under headings, with the sum below if there is one.
pub(crate) fn table(
    caption: &str,
    columns: &[Column],
    rows: &[Row],
    foot: Option<&[Html]>,
) -> Html {
    let keys = unique(rows.iter().map(|row| row.key.as_str()));
    html! {
        <table class="table">
            <caption class="table__caption">
                { caption }
                { (rows.len() > MOST).then(|| format!(": the first {MOST} of {}", rows.len())) }
            </caption>
            <thead>
                <tr>
                    { for columns.iter().map(|column| html! {
                        <th key={column.label.as_str()} scope="col" class={column.numeric.then_some("table__number")}>
                            { &column.label }
                        </th>
                    }) }
                </tr>
            </thead>
            <tbody>
                { for rows.iter().zip(keys).take(MOST).map(|(row, key)| html! {
                    <tr {key}>{ for cells(columns, &row.cells) }</tr>
                }) }
            </tbody>
            <tfoot>
                { for foot.map(|foot| html! { <tr>{ for cells(columns, foot) }</tr> }) }
            </tfoot>
        </table>
    }
}

fn cells<'a>(columns: &'a [Column], cells: &'a [Html]) -> impl Iterator<Item = Html> + 'a {
    columns
        .iter()
        .zip(cells)
        .enumerate()
        .map(|(index, (column, cell))| {
            let class = column.numeric.then_some("table__number");
            let key = column.label.as_str();
            if index == 0 {
                html! { <th {key} scope="row" {class}>{ cell.clone() }</th> }
            } else {
                html! { <td {key} {class}>{ cell.clone() }</td> }
            }
        })
}
