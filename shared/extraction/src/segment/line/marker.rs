//! List markers, numbers and check boxes at the beginning of a line.

use crate::segment::line::Form;

/// Characters that open a list item.
pub(crate) const BULLETS: &str = "-*+•‣◦–—▪▫·→➢➤►●○■❖✦»⁃∙»";

pub(crate) fn skip_space(text: &str, at: usize, end: usize) -> usize {
    let rest = &text[at.min(end)..end];
    end - rest.trim_start().len()
}

/// The bullet, number or check box at `at`, if there is one: where the words begin, and which.
pub(crate) fn marked(text: &str, at: usize, end: usize) -> Option<(usize, Form)> {
    let bullet = bullet(text, at, end).or_else(|| number(text, at, end));
    let (body, numbered) = bullet.unwrap_or((at, false));
    if let Some((after, done)) = check_box(text, body, end) {
        return Some((after, Form::Check { done }));
    }
    bullet.map(|_| (body, Form::Bullet { numbered }))
}

pub(crate) fn bullet(text: &str, at: usize, end: usize) -> Option<(usize, bool)> {
    let rest = &text[at..end];
    let first = rest.chars().next()?;
    let after = at + first.len_utf8();
    let spaced = text[after..end].starts_with(|c: char| c.is_whitespace());
    let letter_o = first == 'o'
        && text[after..end].starts_with(['\t', ' '])
        && rest.len() > 3
        && (rest[2..].trim_start().starts_with(char::is_uppercase) || rest[1..].starts_with("  "));
    let glued = !spaced && "•‣◦▪▫➢➤►●■✦❖∙".contains(first) && after < end;
    if (BULLETS.contains(first) && spaced) || letter_o || glued {
        return Some((skip_space(text, after, end), false));
    }
    // "-buy milk", as hurried notes have it; "--" and "-5" are something else.
    let hurried = matches!(first, '-' | '*')
        && text[after..end].starts_with(|c: char| c.is_alphabetic() || c == '[')
        && !rest.ends_with('*');
    hurried.then_some((after, false))
}

/// "1.", "2)", "(3)", "a)", "iv.", "AP1:", "A-1".
pub(crate) fn number(text: &str, at: usize, end: usize) -> Option<(usize, bool)> {
    let rest = &text[at..end];
    let open = usize::from(rest.starts_with('('));
    let digits = rest[open..].bytes().take_while(u8::is_ascii_digit).count();
    let letters = rest[open..]
        .bytes()
        .take_while(u8::is_ascii_alphabetic)
        .count();
    let used = match (digits, letters) {
        (1..=3, _) => digits,
        (0, 1) => 1,
        (0, 2..=4)
            if rest[open..open + letters]
                .bytes()
                .all(|b| b"ivx".contains(&b)) =>
        {
            letters
        }
        _ => return None,
    };
    let mut close = open + used;
    // "3.2 Budget": the whole outline number goes.
    while digits > 0
        && rest[close..].starts_with('.')
        && rest[close + 1..].starts_with(|c: char| c.is_ascii_digit())
    {
        let more = rest[close + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if more > 2 {
            return None;
        }
        // "02.11. Abgabe" begins with a date.
        if more == 2 && digits <= 2 {
            return None;
        }
        close += 1 + more;
    }
    let mark = rest[close..].chars().next()?;
    let closes = match mark {
        ')' => true,
        '.' => digits > 0 && open == 0,
        ' ' => close > open + used && open == 0,
        _ => false,
    };
    let after = at + close + mark.len_utf8();
    let spaced = mark == ' ' || text[after..end].starts_with(|c: char| c.is_whitespace());
    if !closes || !spaced {
        return None;
    }
    let body = skip_space(text, after, end);
    // "14. März" and "3. 4. 2026" are dates, not the fourteenth item.
    let word = text[body..end]
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("");
    let dated = mark == '.'
        && digits > 0
        && (crate::dates::is_month(word)
            || word.parse::<u32>().is_ok_and(|m| m <= 12)
                && text[body + word.len()..end].starts_with('.'));
    (!dated && body < end).then_some((body, true))
}

pub(crate) const OPEN_BOXES: &str = "[ ]|[]|[_]|[  ]|☐|□|◻|⬜|( )|\\[ \\]|▢|◯|❏|❑";

pub(crate) const DONE_BOXES: &str =
    "[x]|[X]|[✓]|[✔]|[√]|☑|☒|✓|✔|✅|(x)|(X)|\\[x\\]|❌|✗|✘|[-]|[~]|[/]|🗹";

pub(crate) fn check_box(text: &str, at: usize, end: usize) -> Option<(usize, bool)> {
    let rest = &text[at..end];
    // All of them begin with a bracket or with what is no letter of a keyboard.
    if rest.starts_with(|c: char| c.is_ascii() && !"[(\\".contains(c)) {
        return None;
    }
    for (boxes, done) in [(OPEN_BOXES, false), (DONE_BOXES, true)] {
        if let Some(found) = boxes.split('|').find(|b| rest.starts_with(*b)) {
            // "[x](address)" is a link.
            let after = rest[found.len()..].trim_start_matches('\u{fe0f}');
            let link = found.starts_with('[') && after.starts_with('(');
            return (!link).then(|| (skip_space(text, end - after.len(), end), done));
        }
    }
    None
}

/// "Bo: ☐ update slides", "Ana - [x] book room": a check box behind somebody's name.
pub(crate) fn owned_box(text: &str, at: usize, end: usize) -> Option<Form> {
    const WIDEST: usize = 40;
    let content = &text[at..end];
    let mut first = content.char_indices().take(WIDEST);
    let (open, _) = first.find(|(_, c)| "☐□◻⬜☑☒✅[".contains(*c))?;
    let head = content[..open].trim_end();
    let name = head.strip_suffix([':', '-', '–', '—'])?;
    let mut words = name.split_whitespace().peekable();
    let named = words.peek().is_some()
        && words.clone().count() <= 3
        && words.all(|word| word.starts_with(char::is_uppercase) && !word.contains(','));
    let (_, done) = check_box(text, at + open, end).filter(|_| named)?;
    Some(Form::Check { done })
}
