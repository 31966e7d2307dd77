//! Rows of figures under headings, numbers to the right; on a phone many columns become a card for each row.

use yew::prelude::*;

use super::keys::unique;

/// No more rows than this are drawn; the caption says how many there are.
const MOST: usize = 200;

/// More columns than this do not fit on a phone side by side: of words, and of nothing but figures.
const MOST_SIDE_BY_SIDE: (usize, usize) = (3, 6);

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
    let is_figures = columns.iter().skip(1).all(|column| column.numeric);
    let on_a_phone = match (columns.len(), is_figures) {
        (count, false) if count > MOST_SIDE_BY_SIDE.0 => "table--stacks",
        (count, true) if count > MOST_SIDE_BY_SIDE.1 => "table--stacks",
        (_, true) => "table--figures",
        (_, false) => "",
    };
    // The roles are those of the elements: without them a card for each row would no longer be read as a table.
    html! {
        <table class={classes!("table", on_a_phone)} role="table">
            <caption class="table__caption">
                { caption }
                { (rows.len() > MOST).then(|| t!(": the first {most} of {all}", most = MOST, all = rows.len())) }
            </caption>
            <thead role="rowgroup">
                <tr role="row">
                    { for columns.iter().map(|column| html! {
                        <th key={column.label.as_str()} scope="col" role="columnheader" class={column.numeric.then_some("table__number")}>
                            { &column.label }
                        </th>
                    }) }
                </tr>
            </thead>
            <tbody role="rowgroup">
                { for rows.iter().zip(keys).take(MOST).map(|(row, key)| html! {
                    <tr {key} role="row">{ for cells(columns, &row.cells) }</tr>
                }) }
            </tbody>
            <tfoot role="rowgroup">
                { for foot.map(|foot| html! { <tr role="row">{ for cells(columns, foot) }</tr> }) }
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
                html! { <th {key} scope="row" role="rowheader" {class}>{ cell.clone() }</th> }
            } else {
                html! { <td {key} {class} role="cell" data-label={column.label.clone()}>{ cell.clone() }</td> }
            }
        })
}
