//! Rich text format.

mod state;
mod token;

use crate::limits::Budget;
use crate::writer::Writer;
use crate::{Document, FileKind, ReadError};
use state::State;
use token::{Token, Tokens};

/// Tokens between two looks at the time.
const TOKENS_PER_CHECK: usize = 16_384;

pub(crate) fn read(bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
    let mut writer = Writer::new(budget);
    let mut state = State::new(&mut writer);
    let mut tokens = Tokens::new(bytes);
    let mut count = 0_usize;
    while let Some(token) = tokens.next() {
        count += 1;
        if count.is_multiple_of(TOKENS_PER_CHECK) {
            budget.check_time()?;
        }
        match token {
            Token::Open => {
                // Groups cost little: only what changes inside them is kept.
                if state.depth() > budget.limits.max_depth * 8 {
                    return Err(ReadError::TooDeep);
                }
                state.open();
            }
            Token::Close => {
                if state.close() {
                    break;
                }
            }
            Token::Word("bin", Some(length)) => {
                tokens.skip_bytes(usize::try_from(length).unwrap_or(0));
            }
            Token::Word(word, number) => state.word(word, number),
            Token::Sign(sign) => state.sign(sign),
            Token::Byte(byte) => state.byte(byte),
        }
        if state.is_full() {
            break;
        }
    }
    let (title, running) = state.finish();
    let mut document = writer.finish(FileKind::Rtf)?;
    document.title = title;
    document.running = running;
    Ok(document)
}
