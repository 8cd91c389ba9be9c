//! The little of CSS that says whether a text can be seen.

mod unseen;

use std::collections::HashMap;

use crate::HiddenReason;
use crate::colour::Rgb;
use unseen::{Offsets, is_clear, transformed};

/// Rules read from style sheets; more than these no letter has.
const MAX_RULES: usize = 5_000;

/// What is painted behind a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    Colour(Rgb),
    /// A picture, a gradient, or a colour in words not known here.
    Unknown,
}

/// What the declarations of one element say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) hidden: Option<HiddenReason>,
    pub(super) colour: Option<Rgb>,
    pub(super) background: Option<Behind>,
    pub(super) strike: bool,
    pub(super) bold: bool,
    pub(super) keeps_lines: bool,
    /// The letters are painted in no colour, or again in one.
    pub(super) unpainted: Option<bool>,
    /// The lines have no height, or again one.
    pub(super) flat: Option<bool>,
}

impl Look {
    /// Adds what a more specific declaration says.
    pub(super) fn over(self, above: Self) -> Self {
        Self {
            hidden: above.hidden.or(self.hidden),
            colour: above.colour.or(self.colour),
            background: above.background.or(self.background),
            strike: above.strike || self.strike,
            bold: above.bold || self.bold,
            keeps_lines: above.keeps_lines || self.keeps_lines,
            unpainted: above.unpainted.or(self.unpainted),
            flat: above.flat.or(self.flat),
        }
    }
}

/// Reads `name: value; ...`.
pub(super) fn declarations(css: &str) -> Look {
    let mut look = Look::default();
    let mut clipped_height = false;
    let mut clips = false;
    let mut offsets = Offsets::default();
    for declaration in css.split(';') {
        let Some((name, value)) = declaration.split_once(':') else {
            continue;
        };
        let value = value.to_ascii_lowercase().replace("!important", "");
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "display" if value == "none" => look.hidden = Some(HiddenReason::NotDisplayed),
            "visibility" if matches!(value, "hidden" | "collapse") => {
                look.hidden = Some(HiddenReason::NotDisplayed);
            }
            "mso-hide" if value == "all" => look.hidden = Some(HiddenReason::NotDisplayed),
            "opacity" if value.parse::<f32>().is_ok_and(|opacity| opacity < 0.05) => {
                look.hidden = Some(HiddenReason::NotDisplayed);
            }
            "font-size" if points(value).is_some_and(|size| size < 2.5) => {
                look.hidden = Some(HiddenReason::Tiny);
            }
            "position" => offsets.position(value),
            "left" | "top" | "right" | "bottom" | "text-indent" | "margin-left" | "margin-top" => {
                offsets.add(name.trim(), value);
            }
            "transform" | "scale" => look.hidden = look.hidden.or(transformed(value)),
            "line-height" => look.flat = Some(points(value).is_some_and(|size| size < 0.01)),
            "max-height" | "height" | "max-width" | "width" => {
                clipped_height |= points(value).is_some_and(|size| size < 0.5);
            }
            "overflow" => clips |= value.contains("hidden"),
            "clip" if value.starts_with("rect(0") => look.hidden = Some(HiddenReason::OffPage),
            "color" => {
                look.colour = colour(value);
                look.unpainted = (value != "inherit").then(|| is_clear(value));
            }
            "background" | "background-color" => look.background = Some(behind(value)),
            "background-image" => look.background = Some(Behind::Unknown),
            "text-decoration" | "text-decoration-line" => {
                look.strike |= value.contains("line-through");
            }
            "font-weight" => {
                look.bold |= matches!(value, "bold" | "bolder" | "600" | "700" | "800" | "900");
            }
            "white-space" => look.keeps_lines |= value.starts_with("pre"),
            _ => {}
        }
    }
    if clipped_height && clips {
        look.hidden = Some(HiddenReason::NotDisplayed);
    }
    if offsets.leave_the_page() {
        look.hidden = Some(HiddenReason::OffPage);
    }
    // Letters without a colour of their own may let a picture or a shadow through.
    if css.contains("background-clip") || css.contains("text-shadow") {
        look.unpainted = Some(false);
    }
    // A transparent background shows what is behind it.
    if css.contains("background")
        && look.background == Some(Behind::Unknown)
        && css.contains("transparent")
    {
        look.background = None;
    }
    look
}

fn behind(value: &str) -> Behind {
    value
        .split_whitespace()
        .find_map(colour)
        .or_else(|| colour(value))
        .map_or(Behind::Unknown, Behind::Colour)
}

/// A length in points; pixels count three quarters, em and percent of 12 points.
fn points(value: &str) -> Option<f32> {
    let value = value.split_whitespace().next()?;
    let digits = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let number: f32 = digits.parse().ok()?;
    Some(match &value[digits.len()..] {
        "px" => number * 0.75,
        "em" | "rem" => number * 12.0,
        "%" => number * 0.12,
        "vw" | "vh" => number * 6.0,
        _ => number,
    })
}

/// A colour by its notation in CSS or HTML; `None` when it is not one colour that covers.
pub(super) fn colour(value: &str) -> Option<Rgb> {
    let value = value.trim().to_ascii_lowercase();
    if let Some(hex) = value.strip_prefix('#') {
        return hex_colour(hex);
    }
    if let Some(inside) = value
        .strip_prefix("rgb(")
        .or_else(|| value.strip_prefix("rgba("))
    {
        let parts: Vec<f32> = inside
            .trim_end_matches(')')
            .split([',', ' ', '/'])
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.parse().ok())
            .collect();
        let [red, green, blue, ref rest @ ..] = parts[..] else {
            return None;
        };
        if rest.first().is_some_and(|&alpha| alpha < 0.5) {
            return None;
        }
        return Some([red, green, blue].map(byte));
    }
    NAMED
        .iter()
        .find(|(name, _)| *name == value)
        .map(|(_, rgb)| *rgb)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a byte"
)]
fn byte(value: f32) -> u8 {
    value.clamp(0.0, 255.0) as u8
}

fn hex_colour(hex: &str) -> Option<Rgb> {
    let nibbles: Vec<u8> = hex
        .chars()
        .map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok()))
        .collect::<Option<_>>()?;
    match nibbles[..] {
        [r, g, b] | [r, g, b, _] => Some([r * 17, g * 17, b * 17]),
        [r, r2, g, g2, b, b2] | [r, r2, g, g2, b, b2, ..] => {
            Some([r * 16 + r2, g * 16 + g2, b * 16 + b2])
        }
        _ => None,
    }
}

const NAMED: &[(&str, Rgb)] = &[
    ("white", [255, 255, 255]),
    ("snow", [255, 250, 250]),
    ("ivory", [255, 255, 240]),
    ("ghostwhite", [248, 248, 255]),
    ("whitesmoke", [245, 245, 245]),
    ("black", [0, 0, 0]),
    ("red", [255, 0, 0]),
    ("green", [0, 128, 0]),
    ("blue", [0, 0, 255]),
    ("navy", [0, 0, 128]),
    ("yellow", [255, 255, 0]),
    ("gray", [128, 128, 128]),
    ("grey", [128, 128, 128]),
    ("silver", [192, 192, 192]),
];

/// The rules of the style sheets of a page, for selectors of one tag, class or id.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    rules: HashMap<String, Look>,
}

impl Sheet {
    /// Reads a style sheet. Rules for print, for small screens and the like are not what a reader sees.
    pub(super) fn add(&mut self, css: &str) {
        let css = without_comments(css);
        let mut rest = css.as_str();
        while let Some((head, after)) = rest.split_once('{') {
            if head.trim_start().starts_with('@') {
                rest = skip_block(after);
                continue;
            }
            let (body, after) = after.split_once('}').unwrap_or((after, ""));
            let look = declarations(body);
            if look != Look::default() && self.rules.len() < MAX_RULES {
                for selector in head.split(',').map(str::trim).filter(|s| is_simple(s)) {
                    let rule = self.rules.entry(selector.to_ascii_lowercase()).or_default();
                    *rule = rule.over(look);
                }
            }
            rest = after;
        }
    }

    /// What the sheets say of an element.
    pub(super) fn look(&self, tag: &str, id: &str, classes: &str) -> Look {
        if self.rules.is_empty() {
            return Look::default();
        }
        let rule = |selector: &str| self.rules.get(selector).copied().unwrap_or_default();
        let mut look = rule(tag);
        for class in classes.split_whitespace().take(32) {
            let class = class.to_ascii_lowercase();
            look = look
                .over(rule(&format!(".{class}")))
                .over(rule(&format!("{tag}.{class}")));
        }
        if !id.is_empty() {
            look = look.over(rule(&format!("#{}", id.to_ascii_lowercase())));
        }
        look
    }
}

fn is_simple(selector: &str) -> bool {
    !selector.is_empty()
        && selector
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '#' | '-' | '_'))
        && selector.matches(['.', '#']).count() <= 1
}

fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.replace("<!--", "").replace("-->", "")
}

/// What follows the block whose opening brace was just read.
fn skip_block(css: &str) -> &str {
    let mut depth = 1;
    for (at, byte) in css.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &css[at + 1..];
        }
    }
    ""
}
