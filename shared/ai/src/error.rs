//! Why a provider gave no usable answer.

/// What went wrong with a call. Nothing of what the provider wrote is kept: it may repeat the prompt
/// or a part of the key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AiError {
    /// No answer came in time.
    #[error("the provider did not answer in time")]
    TimedOut,
    /// The provider asks to wait longer than we do.
    #[error("the provider's rate limit is reached")]
    RateLimited,
    /// The account with the provider has no credit left.
    #[error("the quota with the provider is spent")]
    QuotaSpent,
    /// The key is not accepted.
    #[error("the provider does not accept the key")]
    Unauthorized,
    /// The provider does not understand or want the request.
    #[error("the provider refuses the request ({status}, {code})")]
    Rejected {
        /// The HTTP status.
        status: u16,
        /// The provider's word for it, reduced to letters, digits and underscores.
        code: String,
    },
    /// The provider cannot be reached or is broken.
    #[error("the provider cannot be reached or fails")]
    Unavailable,
    /// The model will not answer.
    #[error("the model refuses to answer")]
    Refusal,
    /// The answer ends in the middle.
    #[error("the answer of the model was cut off")]
    Truncated,
    /// The answer is not what was asked for.
    #[error("the answer cannot be understood: {0}")]
    InvalidAnswer(&'static str),
    /// The endpoint leads to a host that must not be called.
    #[error("the configured host leads to a private address")]
    PrivateHost,
}

impl AiError {
    /// A stable word, for results and logs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TimedOut => "timed_out",
            Self::RateLimited => "rate_limited",
            Self::QuotaSpent => "quota_spent",
            Self::Unauthorized => "unauthorized",
            Self::Rejected { .. } => "rejected",
            Self::Unavailable => "unavailable",
            Self::Refusal => "refusal",
            Self::Truncated => "truncated",
            Self::InvalidAnswer(_) => "invalid_answer",
            Self::PrivateHost => "private_host",
        }
    }

    /// Whether the same call may succeed later without anybody changing anything.
    pub const fn may_pass(&self) -> bool {
        matches!(self, Self::TimedOut | Self::RateLimited | Self::Unavailable)
    }
}
