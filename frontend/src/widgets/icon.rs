//! Icons: one sprite in the page, and pictures that point into it.

use yew::prelude::*;
use yew::virtual_dom::VNode;

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Size {
    /// 14 px, beside small text.
    Small,
    /// 18 px.
    #[default]
    Normal,
    /// 24 px.
    Large,
}

/// The icon of a name in the sprite, coloured as the text around it; it says nothing to screen readers.
pub(crate) fn icon(name: &str, size: Size) -> Html {
    icon_of(name, size, "")
}

/// The same with further classes.
pub(crate) fn icon_of(name: &str, size: Size, class: &'static str) -> Html {
    let size = match size {
        Size::Small => "icon icon--small",
        Size::Normal => "icon",
        Size::Large => "icon icon--large",
    };
    html! {
        <svg class={classes!(size, class)} aria-hidden="true" focusable="false">
            <use href={format!("#icon-{name}")} />
        </svg>
    }
}

/// The sprite that the icons of the drawing point into, and the patterns of the hosting kinds; stands in the page once.
pub(crate) fn sprite() -> Html {
    html! {
        <div class="slot" aria-hidden="true">
            { symbols(FIRST) }
            { VNode::from_html_unchecked(PATTERNS.into()) }
        </div>
    }
}

/// The sprite that all other icons point into.
pub(crate) fn late_sprite() -> Html {
    symbols(LATE)
}

const PATTERNS: &str = include_str!("../../../assets/icons/patterns.svg");

/// Icons as symbols; the text is part of the program, nothing of a plan enters it.
fn symbols(icons: &[(&str, &str)]) -> Html {
    let mut svg = String::from(
        r#"<svg xmlns="http://www.w3.org/2000/svg" class="sprite" width="0" height="0" aria-hidden="true" focusable="false">"#,
    );
    for (id, file) in icons {
        svg.push_str(r#"<symbol id=""#);
        svg.push_str(id);
        svg.push_str(r#"" viewBox="0 0 24 24">"#);
        svg.push_str(body(file));
        svg.push_str("</symbol>");
    }
    svg.push_str("</svg>");
    VNode::from_html_unchecked(svg.into())
}

/// What stands between the tags of an SVG file.
fn body(file: &str) -> &str {
    let start = file.find('>').map_or(0, |tag| tag + 1);
    let end = file.rfind("</svg>").unwrap_or(file.len());
    file.get(start..end).unwrap_or_default()
}

macro_rules! icons {
    ($($list:ident { $($id:literal = $file:literal,)* })*) => {
        $(const $list: &[(&str, &str)] = &[
            $(($id, include_str!(concat!("../../../assets/icons/", $file, ".svg"))),)*
        ];)*

        #[cfg(test)]
        const FILES: &[&str] = &[$($($file,)*)*];
    };
}

// What is seen before the panels have loaded comes first.
icons! {
    FIRST {
        "icon-app_server" = "app_server",
        "icon-cache" = "cache",
        "icon-cdn" = "cdn",
        "icon-client" = "client",
        "icon-dns" = "dns",
        "icon-external_service" = "external_service",
        "icon-file_storage" = "file_storage",
        "icon-load_balancer" = "load_balancer",
        "icon-nosql_database" = "nosql_database",
        "icon-object_storage" = "object_storage",
        "icon-queue" = "queue",
        "icon-search" = "search",
        "icon-sql_database" = "sql_database",
        "icon-web_server" = "web_server",
        "icon-worker" = "worker",
        "icon-arrange" = "ui/arrange",
        "icon-check" = "ui/check",
        "icon-chevron-down" = "ui/chevron-down",
        "icon-close" = "ui/close",
        "icon-error" = "ui/error",
        "icon-export" = "ui/export",
        "icon-fit" = "ui/fit",
        "icon-four-ways" = "ui/four-ways",
        "icon-high" = "ui/high",
        "icon-import" = "ui/import",
        "icon-info" = "ui/info",
        "icon-mark" = "ui/mark",
        "icon-medium" = "ui/medium",
        "icon-minus" = "ui/minus",
        "icon-more" = "ui/more",
        "icon-note" = "ui/note",
        "icon-panels" = "ui/panels",
        "icon-pin" = "ui/pin",
        "icon-place" = "ui/place",
        "icon-plus" = "ui/plus",
        "icon-redo" = "ui/redo",
        "icon-scissors" = "ui/scissors",
        "icon-templates" = "ui/templates",
        "icon-undo" = "ui/undo",
        "icon-view" = "ui/view",
    }
    LATE {
        "icon-align-bottom" = "ui/align-bottom",
        "icon-align-centre" = "ui/align-centre",
        "icon-align-left" = "ui/align-left",
        "icon-align-middle" = "ui/align-middle",
        "icon-align-right" = "ui/align-right",
        "icon-align-top" = "ui/align-top",
        "icon-arrow-down" = "ui/arrow-down",
        "icon-arrow-right" = "ui/arrow-right",
        "icon-arrow-up" = "ui/arrow-up",
        "icon-auto" = "ui/auto",
        "icon-bare_metal" = "ui/bare_metal",
        "icon-box" = "ui/box",
        "icon-chevron-right" = "ui/chevron-right",
        "icon-clock" = "ui/clock",
        "icon-coins" = "ui/coins",
        "icon-copy" = "ui/copy",
        "icon-cut" = "ui/cut",
        "icon-distribute-across" = "ui/distribute-across",
        "icon-distribute-down" = "ui/distribute-down",
        "icon-download" = "ui/download",
        "icon-exit" = "ui/exit",
        "icon-external-link" = "ui/external-link",
        "icon-flow" = "ui/flow",
        "icon-gauge" = "ui/gauge",
        "icon-iaas" = "ui/iaas",
        "icon-join" = "ui/join",
        "icon-language" = "ui/language",
        "icon-lock-open" = "ui/lock-open",
        "icon-map" = "ui/map",
        "icon-menu" = "ui/menu",
        "icon-moon" = "ui/moon",
        "icon-paas" = "ui/paas",
        "icon-paste" = "ui/paste",
        "icon-pencil" = "ui/pencil",
        "icon-person" = "ui/person",
        "icon-projector" = "ui/projector",
        "icon-pulse" = "ui/pulse",
        "icon-ui-search" = "ui/search",
        "icon-sun" = "ui/sun",
        "icon-target" = "ui/target",
        "icon-trash" = "ui/trash",
        "icon-vps" = "ui/vps",
        "icon-wrench" = "ui/wrench",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(folder: &str, prefix: &str) -> Vec<String> {
        let folder = format!("{}/../assets/icons{folder}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().into_string().ok())
            .filter_map(|name| {
                name.strip_suffix(".svg")
                    .map(|name| format!("{prefix}{name}"))
            })
            .filter(|name| name != "patterns")
            .collect()
    }

    #[test]
    fn every_file_is_in_the_sprite() {
        let mut found = files("", "");
        found.extend(files("/ui", "ui/"));
        found.sort();
        let mut listed: Vec<&str> = FILES.to_vec();
        listed.sort_unstable();
        assert_eq!(found, listed);
    }

    #[test]
    fn a_symbol_holds_the_drawing_alone() {
        for (id, file) in FIRST.iter().chain(LATE) {
            let body = body(file);
            assert!(
                !body.is_empty() && !body.contains("<svg") && !body.contains("</svg"),
                "{id}"
            );
        }
    }
}
