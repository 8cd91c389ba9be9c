//! An element and how it looks.

use html5gum::StartTag;

use super::super::style::{Behind, Look, Sheet, colour, declarations};
use crate::HiddenReason;
use crate::colour::{Rgb, WHITE};

/// Elements whose content is no text of the page.
pub(super) const UNSEEN: &[&str] = &[
    "script", "noscript", "template", "object", "svg", "math", "iframe", "audio", "video", "canvas",
];

/// Elements without an end tag.
pub(super) const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// Elements that begin on a new line.
pub(super) const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "html",
    "legend",
    "main",
    "nav",
    "p",
    "section",
    "summary",
    "caption",
    "title",
    "option",
    "optgroup",
    "o:p",
];

/// An element that was opened and not yet closed.
#[derive(Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent properties of one element"
)]
pub(super) struct Open {
    pub(super) name: String,
    pub(super) hidden: Option<HiddenReason>,
    pub(super) colour: Option<Rgb>,
    pub(super) background: Option<Rgb>,
    pub(super) bold: bool,
    pub(super) strike: bool,
    pub(super) keeps_lines: bool,
    /// The rest of a select box, of which only the chosen line shows.
    pub(super) unchosen: bool,
    /// Painted in no colour, or in lines without height.
    pub(super) unpainted: bool,
    pub(super) flat: bool,
}

pub(super) fn attribute(tag: &StartTag<()>, key: &str) -> Option<String> {
    tag.attributes
        .get(key.as_bytes())
        .map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Whether an item of a list is marked as done by its class, as wikis and editors write it.
pub(super) fn is_ticked(tag: &StartTag<()>) -> bool {
    let class = attribute(tag, "class").unwrap_or_default();
    let list = attribute(tag, "data-list");
    class.split_whitespace().any(|word| word == "checked") || list.as_deref() == Some("checked")
}

impl Open {
    /// How the element looks, inherited from those around it.
    pub(super) fn new(
        name: &str,
        tag: &StartTag<()>,
        sheet: &Sheet,
        around: Option<&Self>,
    ) -> Self {
        let attribute = |key: &str| attribute(tag, key);
        let id = attribute("id").unwrap_or_default();
        let classes = attribute("class").unwrap_or_default();
        let mut look: Look = sheet.look(name, &id, &classes);
        if let Some(style) = attribute("style") {
            look = look.over(declarations(&style));
        }
        let mut hidden = around.and_then(|open| open.hidden).or(look.hidden);
        let is_unseen = UNSEEN.contains(&name);
        if attribute("hidden").is_some()
            || is_unseen
            || (name == "dialog" && attribute("open").is_none())
        {
            hidden = hidden.or(Some(HiddenReason::NotDisplayed));
        }
        let text_colour = look
            .colour
            .or_else(|| attribute("color").as_deref().and_then(colour));
        let filled = attribute("bgcolor").as_deref().and_then(colour);
        let behind = look.background.or(filled.map(Behind::Colour));
        // The page is white until something says otherwise.
        let inherited = around.map_or(Some(WHITE), |open| open.background);
        Self {
            name: name.to_owned(),
            hidden,
            colour: text_colour.or_else(|| around.and_then(|open| open.colour)),
            background: match behind {
                Some(Behind::Colour(colour)) => Some(colour),
                Some(Behind::Unknown) => None,
                None => inherited,
            },
            bold: look.bold
                || matches!(name, "b" | "strong" | "th")
                || around.is_some_and(|open| open.bold),
            strike: look.strike
                || matches!(name, "s" | "strike" | "del")
                || around.is_some_and(|open| open.strike),
            keeps_lines: look.keeps_lines
                || matches!(name, "pre" | "textarea")
                || around.is_some_and(|open| open.keeps_lines),
            unchosen: (name == "option" && attribute("selected").is_none())
                || around.is_some_and(|open| open.unchosen),
            unpainted: look
                .unpainted
                .unwrap_or_else(|| around.is_some_and(|open| open.unpainted)),
            // Raised and lowered letters stand in the line of those around them.
            flat: look
                .flat
                .filter(|_| !matches!(name, "sup" | "sub"))
                .unwrap_or_else(|| around.is_some_and(|open| open.flat)),
        }
    }
}
