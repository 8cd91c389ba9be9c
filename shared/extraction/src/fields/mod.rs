//! What an act says besides the deed: who, how urgent, how long, under which title.

pub(crate) mod hints;
pub(crate) mod people;
pub(crate) mod taker;
pub(crate) mod title;
