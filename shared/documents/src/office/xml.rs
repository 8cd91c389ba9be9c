//! XML as a stream of beginnings, ends and texts. Entities beyond the five of XML itself are not expanded,
//! nothing outside is fetched.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::ReadError;
use crate::limits::Budget;

/// Events between two looks at the time.
const EVENTS_PER_CHECK: usize = 8_192;
/// Open elements per level of nesting a person would see.
const ELEMENTS_PER_LEVEL: usize = 8;

/// What is done with the parts of an XML text. Names come without their prefixes.
pub(super) trait Handler {
    fn start(&mut self, name: &str, attributes: &Attributes<'_>) -> Result<(), ReadError>;

    fn end(&mut self, _name: &str) -> Result<(), ReadError> {
        Ok(())
    }

    fn text(&mut self, _text: &str) -> Result<(), ReadError> {
        Ok(())
    }

    /// True when the rest is not wanted.
    fn is_done(&self) -> bool {
        false
    }
}

/// The attributes of an element.
pub(super) struct Attributes<'e>(&'e BytesStart<'e>);

impl Attributes<'_> {
    /// The value of an attribute, named without its prefix.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().as_ref() == name)
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Explicit1_0).ok())
            .map(std::borrow::Cow::into_owned)
    }

    /// The value of an attribute that carries a prefix, such as `r:id` beside `id`.
    pub(super) fn prefixed(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| {
                attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == name
            })
            .and_then(|attribute| attribute.normalized_value(XmlVersion::Explicit1_0).ok())
            .map(std::borrow::Cow::into_owned)
    }

    /// A number.
    pub(super) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name)?.parse().ok()
    }

    /// An on/off property: present means on unless its value says off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(
            self.get("val").as_deref(),
            Some("0" | "false" | "off" | "none")
        )
    }
}

/// Walks through an XML text.
pub(super) fn walk(
    text: &str,
    budget: &Budget,
    handler: &mut impl Handler,
) -> Result<(), ReadError> {
    let mut reader = Reader::from_str(text);
    let max_depth = budget.limits.max_depth.saturating_mul(ELEMENTS_PER_LEVEL);
    let mut depth = 0_usize;
    let mut count = 0_usize;
    loop {
        count += 1;
        if count.is_multiple_of(EVENTS_PER_CHECK) {
            budget.check_time()?;
            if handler.is_done() {
                return Ok(());
            }
        }
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                if depth > max_depth {
                    return Err(ReadError::TooDeep);
                }
                handler.start(element.local_name().as_ref(), &Attributes(&element))?;
            }
            Ok(Event::Empty(element)) => {
                handler.start(element.local_name().as_ref(), &Attributes(&element))?;
                handler.end(element.local_name().as_ref())?;
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                handler.end(element.local_name().as_ref())?;
            }
            Ok(Event::Text(text)) => handler.text(&text.xml10_content())?,
            Ok(Event::CData(text)) => handler.text(&text.xml10_content())?,
            Ok(Event::GeneralRef(reference)) => {
                let mut buffer = [0; 4];
                let predefined = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => reference.resolve_char_ref().ok().flatten(),
                };
                if let Some(c) = predefined {
                    handler.text(c.encode_utf8(&mut buffer))?;
                }
            }
            Ok(Event::Eof) if depth == 0 => return Ok(()),
            Ok(Event::Eof) => return Err(ReadError::damaged("its text ends in the middle")),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Err(_) => return Err(ReadError::damaged("its text is not well-formed")),
        }
    }
}
