//! Accounts: who is kept out, who gets in, and what is left when somebody leaves.

mod activities;
mod client;
mod closing;
mod cookies;
mod export;
mod issuer;
mod limits;
mod mail;
mod openid;
mod post_office;
mod profile;
mod provider;
mod second_factor;
mod secrets;
mod ses;
mod sessions;
mod sign_in;
mod sign_up;
mod tokens;
