//! What calls cost.

use serde::Serialize;
use std::ops::AddAssign;

/// What one or several calls used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Usage {
    /// Calls that were answered.
    pub calls: u32,
    /// Tokens sent.
    pub input_tokens: u64,
    /// Tokens received.
    pub output_tokens: u64,
    /// Seconds of sound listened to.
    pub audio_seconds: f64,
}

impl Usage {
    /// Tokens both ways.
    pub const fn tokens(&self) -> u64 {
        self.input_tokens + self.output_tokens
    }
}

impl AddAssign for Usage {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.input_tokens += other.input_tokens;
        self.output_tokens += other.output_tokens;
        self.audio_seconds += other.audio_seconds;
    }
}

/// What the operator pays, in US dollars. All zero when nothing is configured.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Prices {
    /// Per million tokens sent.
    pub input_per_million: f64,
    /// Per million tokens received.
    pub output_per_million: f64,
    /// Per minute of sound.
    pub audio_per_minute: f64,
}

impl Prices {
    /// What a usage costs, in US dollars.
    pub fn cost(&self, usage: &Usage) -> f64 {
        (usage.input_tokens as f64 * self.input_per_million
            + usage.output_tokens as f64 * self.output_per_million)
            / 1e6
            + usage.audio_seconds / 60.0 * self.audio_per_minute
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cost_is_the_sum_of_its_parts() {
        let prices = Prices {
            input_per_million: 0.15,
            output_per_million: 0.6,
            audio_per_minute: 0.006,
        };
        let mut usage = Usage::default();
        usage += Usage {
            calls: 1,
            input_tokens: 2_000_000,
            output_tokens: 500_000,
            audio_seconds: 90.0,
        };
        assert!((prices.cost(&usage) - 0.609).abs() < 1e-9);
        assert_eq!(usage.tokens(), 2_500_000);
    }
}
