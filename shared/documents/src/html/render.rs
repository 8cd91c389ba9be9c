//! Tags to blocks.

use html5gum::StartTag;

use super::style::{Behind, Look, Rgb, Sheet, colour, declarations, same};
use crate::HiddenReason;
use crate::sink::Sink;
use crate::writer::{Block, Marker, Writer, one_line};

const WHITE: Rgb = [255, 255, 255];
/// Open elements remembered; deeper ones count as part of the last.
const MAX_OPEN: usize = 512;
/// A line of bold words up to this long, and no sentence, is a heading.
const HEADING_CHARS: usize = 60;

/// Elements whose content is no text of the page.
const UNSEEN: &[&str] = &[
    "script", "template", "object", "svg", "math", "iframe", "audio", "video", "canvas",
];
/// Elements without an end tag.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];
/// Elements that begin on a new line.
const BLOCKS: &[&str] = &[
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
struct Open {
    name: String,
    hidden: Option<HiddenReason>,
    colour: Option<Rgb>,
    background: Option<Rgb>,
    bold: bool,
    strike: bool,
    keeps_lines: bool,
    /// The rest of a select box, of which only the chosen line shows.
    unchosen: bool,
}

#[derive(Debug)]
struct List {
    ordered: bool,
    next: u64,
}

pub(super) struct Renderer<'w, 'b> {
    sink: Sink<'w, 'b>,
    sheet: Sheet,
    open: Vec<Open>,
    lists: Vec<List>,
    /// The list item being written: its depth and marker.
    item: Option<(usize, Marker)>,
    inline: String,
    /// Characters of `inline` that are not bold.
    plain: usize,
    hidden_text: String,
    heading: Option<u8>,
    title: Option<String>,
    css: String,
}

impl<'w, 'b> Renderer<'w, 'b> {
    pub(super) fn new(writer: &'w mut Writer<'b>) -> Self {
        Self {
            sink: Sink::new(writer),
            sheet: Sheet::default(),
            open: Vec::new(),
            lists: Vec::new(),
            item: None,
            inline: String::new(),
            plain: 0,
            hidden_text: String::new(),
            heading: None,
            title: None,
            css: String::new(),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.sink.writer.is_full()
    }

    pub(super) fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let void = VOID.contains(&name.as_str()) || (tag.self_closing && name.contains(':'));
        // Paragraphs, items and cells end where the next one begins.
        self.close_implied(&name);
        let open = self.opened(&name, tag);
        if open.hidden.is_none() {
            self.structure(&name, tag);
            if open.strike && !self.strikes() {
                self.inline.push_str("~~");
            }
        }
        if !void && self.open.len() < MAX_OPEN {
            self.open.push(open);
        }
    }

    /// How the element looks, inherited from those around it.
    fn opened(&mut self, name: &str, tag: &StartTag<()>) -> Open {
        let attribute = |key: &str| attribute(tag, key);
        let id = attribute("id").unwrap_or_default();
        let classes = attribute("class").unwrap_or_default();
        let mut look: Look = self.sheet.look(name, &id, &classes);
        if let Some(style) = attribute("style") {
            look = look.over(declarations(&style));
        }
        let around = self.open.last();
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
        Open {
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
        }
    }

    fn strikes(&self) -> bool {
        self.open.last().is_some_and(|open| open.strike)
    }

    /// What the beginning of a visible element does to the text.
    fn structure(&mut self, name: &str, tag: &StartTag<()>) {
        match name {
            "br" => self.inline.push('\n'),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.flush();
                self.heading = name.as_bytes().get(1).copied().map(|digit| digit - b'0');
            }
            "ul" | "ol" | "menu" => {
                self.flush();
                let next = attribute(tag, "start")
                    .and_then(|start| start.parse().ok())
                    .unwrap_or(1);
                self.lists.push(List {
                    ordered: name == "ol",
                    next,
                });
            }
            "li" => self.begin_item(),
            "table" => {
                self.flush();
                self.sink.begin_table();
            }
            "tr" => {
                self.flush();
                self.sink.begin_row();
            }
            "td" | "th" => {
                self.flush();
                let span = |key| {
                    attribute(tag, key)
                        .and_then(|n| n.parse().ok())
                        .unwrap_or(1)
                };
                self.sink.begin_cell(span("colspan"), span("rowspan"));
            }
            "blockquote" => {
                self.flush();
                self.sink.begin_quote();
            }
            "pre" => self.flush(),
            "input" => self.input(tag),
            "q" => self.inline.push('"'),
            _ if BLOCKS.contains(&name) => {
                self.soft_flush();
                // Outlook and its like put the mail that is answered behind this mark, not into it.
                let id = attribute(tag, "id").unwrap_or_default();
                if id.eq_ignore_ascii_case("divRplyFwdMsg") {
                    self.flush();
                    self.sink.begin_quote();
                }
            }
            _ => {}
        }
    }

    fn begin_item(&mut self) {
        self.flush();
        let depth = self.lists.len().saturating_sub(1);
        let marker = match self.lists.last_mut() {
            Some(list) if list.ordered => {
                list.next += 1;
                Marker::Number(list.next - 1)
            }
            _ => Marker::Bullet,
        };
        self.item = Some((depth, marker));
    }

    fn input(&mut self, tag: &StartTag<()>) {
        let kind = attribute(tag, "type")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let checked = attribute(tag, "checked").is_some();
        match kind.as_str() {
            "checkbox" => self.inline.push_str(if checked { "[x] " } else { "[ ] " }),
            "text" | "" | "date" | "time" | "datetime-local" | "email" | "number" | "search"
            | "tel" | "url" => {
                let value = attribute(tag, "value").unwrap_or_default();
                self.inline.push_str(&value);
                self.plain += value.len();
            }
            _ => {}
        }
    }

    fn close_implied(&mut self, name: &str) {
        let closes: &[&str] = match name {
            "li" => &["li", "p"],
            "tr" => &["td", "th", "tr", "p"],
            "td" | "th" => &["td", "th", "p"],
            "dd" | "dt" => &["dd", "dt", "p"],
            "option" => &["option"],
            _ if BLOCKS.contains(&name)
                || matches!(name, "ul" | "ol" | "table" | "h1" | "h2" | "h3") =>
            {
                &["p"]
            }
            _ => return,
        };
        let scope: &[&str] = match name {
            "li" => &["ul", "ol", "menu", "td", "th"],
            _ => &["table", "td", "th", "tr", "body"],
        };
        while let Some(at) = self.open.iter().rposition(|open| {
            closes.contains(&open.name.as_str()) || scope.contains(&open.name.as_str())
        }) {
            let found = self.open[at].name.clone();
            if !closes.contains(&found.as_str()) {
                break;
            }
            let before = self.open.len();
            self.end(&found);
            // An end tag does not reach out of a cell.
            if self.open.len() == before {
                break;
            }
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| open.name == name) else {
            if name == "p" || name == "br" {
                self.soft_flush();
            }
            return;
        };
        // A stray end tag inside a cell must not close the table around it.
        let barrier = self
            .open
            .iter()
            .rposition(|open| matches!(open.name.as_str(), "td" | "th"));
        if barrier.is_some_and(|barrier| barrier > at)
            && !matches!(name, "table" | "tr" | "tbody" | "body" | "html")
        {
            return;
        }
        while self.open.len() > at {
            let Some(open) = self.open.pop() else { return };
            self.closed(&open);
        }
    }

    fn closed(&mut self, open: &Open) {
        if open.hidden.is_some() {
            if self
                .open
                .last()
                .is_none_or(|around| around.hidden.is_none())
            {
                self.hide(open.hidden.unwrap_or(HiddenReason::NotDisplayed));
            }
            return;
        }
        if open.strike && !self.strikes() {
            self.end_strike();
        }
        match open.name.as_str() {
            "style" => {
                let css = std::mem::take(&mut self.css);
                self.sheet.add(&css);
            }
            "title" if self.title.is_none() => {
                self.title =
                    Some(one_line(&std::mem::take(&mut self.inline))).filter(|t| !t.is_empty());
                self.plain = 0;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" => self.flush_as(open.name == "pre"),
            "ul" | "ol" | "menu" => {
                self.flush();
                self.lists.pop();
            }
            "li" | "td" | "th" | "tr" | "caption" => self.flush(),
            "table" => {
                self.flush();
                self.sink.end_table();
            }
            "blockquote" => {
                self.flush();
                self.sink.end_quote();
            }
            "q" => self.inline.push('"'),
            name if BLOCKS.contains(&name) => self.soft_flush(),
            _ => {}
        }
    }

    fn end_strike(&mut self) {
        let kept = self.inline.trim_end();
        if let Some(before) = kept.strip_suffix("~~") {
            self.inline.truncate(before.len());
        } else {
            self.inline.truncate(kept.len());
            self.inline.push_str("~~ ");
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let Some(open) = self.open.last() else {
            self.visible(text, false, false);
            return;
        };
        if open.name == "style" {
            if self.css.len() < 1_000_000 {
                self.css.push_str(text);
            }
            return;
        }
        let unseen = self
            .open
            .iter()
            .any(|open| UNSEEN.contains(&open.name.as_str()));
        if unseen || open.unchosen {
            return;
        }
        let same_colour = match (open.colour, open.background) {
            (Some(ink), Some(paper)) => same(ink, paper),
            _ => false,
        };
        if open.hidden.is_some() {
            self.hidden_text.push_str(text);
            self.hidden_text.push(' ');
        } else if same_colour {
            self.sink.writer.hide(HiddenReason::SameColour, text);
        } else {
            let (bold, keeps_lines) = (open.bold, open.keeps_lines);
            self.visible(text, bold, keeps_lines);
        }
    }

    fn visible(&mut self, text: &str, bold: bool, keeps_lines: bool) {
        if !bold {
            self.plain += text.chars().filter(|c| c.is_alphanumeric()).count();
        }
        if keeps_lines {
            self.inline.push_str(text);
        } else {
            self.inline
                .extend(text.chars().map(|c| if c == '\n' { ' ' } else { c }));
        }
    }

    pub(super) fn comment(&mut self, text: &str) {
        // Conditional comments are instructions to one mail program, not remarks.
        if !text.trim_start().starts_with("[if") && !text.trim_start().starts_with("[endif") {
            self.sink.writer.hide(HiddenReason::Comment, text);
        }
    }

    fn hide(&mut self, reason: HiddenReason) {
        let text = std::mem::take(&mut self.hidden_text);
        self.sink.writer.hide(reason, &text);
    }

    /// A block inside a list item is part of the item's line, as long as nothing else came between.
    fn soft_flush(&mut self) {
        if self.item.is_some() && !self.sink.in_table() {
            self.inline.push('\n');
        } else {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.flush_as(false);
    }

    fn flush_as(&mut self, verbatim: bool) {
        let text = std::mem::take(&mut self.inline);
        let all_bold = std::mem::take(&mut self.plain) == 0;
        let heading = self.heading.take();
        let item = self.item.take();
        if one_line(&text).is_empty() {
            // An item may begin with a paragraph of its own.
            self.item = item;
            return;
        }
        let block = match (heading, item) {
            (Some(level), _) => Block::Heading(level, text),
            (None, Some((depth, marker))) => {
                let (marker, text) = checked(marker, &text);
                Block::Item(depth, marker, text)
            }
            (None, None) if verbatim => Block::Verbatim(text),
            (None, None) if all_bold && !self.sink.in_table() && is_heading(&text) => {
                Block::Heading(4, text)
            }
            (None, None) => paragraph(text),
        };
        self.sink.block(block);
    }

    pub(super) fn finish(mut self) -> Option<String> {
        self.flush();
        self.sink.finish();
        if !self.hidden_text.is_empty() {
            self.hide(HiddenReason::NotDisplayed);
        }
        self.title
    }
}

/// A paragraph that begins with a box is an item.
fn paragraph(text: String) -> Block {
    let (marker, rest) = checked(Marker::Bullet, &text);
    match marker {
        Marker::Check(_) if !text.trim().contains('\n') => Block::Item(0, marker, rest),
        _ => Block::Paragraph(text),
    }
}

fn checked(marker: Marker, text: &str) -> (Marker, String) {
    let start = text.trim_start();
    for (mark, done) in [
        ("[ ]", false),
        ("[x]", true),
        ("[X]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
    ] {
        if let Some(rest) = start.strip_prefix(mark) {
            return (Marker::Check(done), rest.to_owned());
        }
    }
    (marker, text.to_owned())
}

/// A short bold line that is no sentence and gives no value: "Action items", "Next steps:".
pub(crate) fn is_heading(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= HEADING_CHARS
        && !text.contains('\n')
        && !text.ends_with(['.', ',', ';', '!', '?'])
        && !text.trim_end_matches(':').contains(": ")
        && text.chars().any(char::is_alphabetic)
}

fn attribute(tag: &StartTag<()>, key: &str) -> Option<String> {
    tag.attributes
        .get(key.as_bytes())
        .map(|value| String::from_utf8_lossy(value).into_owned())
}
