//! What the end of an element does to the text.

use super::{BLOCKS, Open, Renderer, one_line};
use crate::HiddenReason;

impl Renderer<'_, '_> {
    pub(super) fn close_implied(&mut self, name: &str) {
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

    pub(in crate::html) fn end(&mut self, name: &str) {
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
}
