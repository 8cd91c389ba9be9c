//! Programs of others that tests may need.

use std::process::Command;

/// Whether a program that a test needs is installed. Without it the test is skipped, but for what decides whether a
/// change lands: it installs them all, and sets `CI`.
pub fn installed(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok();
    if !found {
        assert!(
            std::env::var_os("CI").is_none(),
            "{program} is not installed"
        );
        eprintln!("skipped: {program} is not installed");
    }
    found
}
