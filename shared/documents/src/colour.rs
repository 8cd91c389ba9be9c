//! Colours, and which of them no reader can tell apart.

/// A colour as red, green, blue.
pub(crate) type Rgb = [u8; 3];

pub(crate) const WHITE: Rgb = [255, 255, 255];

/// Colours closer than this, in each of red, green and blue, look alike.
const NEAR: u8 = 12;

/// True when nobody can tell the two apart.
pub(crate) fn same(a: Rgb, b: Rgb) -> bool {
    a.iter().zip(b).all(|(&x, y)| x.abs_diff(y) <= NEAR)
}

/// A colour in six digits, with or without its sign: `#ff0000`, `FF0000`.
pub(crate) fn hex(value: &str) -> Option<Rgb> {
    let digits = value.strip_prefix('#').unwrap_or(value);
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    (digits.len() == 6).then_some([red, green, blue])
}
