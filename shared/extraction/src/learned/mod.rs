//! A small learned judge beside the rules: how likely a sentence asks for something.

mod classes;
pub mod features;
pub mod model;

pub(crate) use classes::plain_class;
