//! The names of all metrics. Labels have few values each: every combination is a metric of its own,
//! to be paid for, and a line of its own in the log.

/// Requests answered.
pub const REQUESTS: &str = "requests";
/// Those of them that were refused (4xx).
pub const CLIENT_ERRORS: &str = "client_errors";
/// Those of them that failed (5xx).
pub const SERVER_ERRORS: &str = "server_errors";
/// Milliseconds from the first to the last of a request.
pub const REQUEST_DURATION: &str = "request_duration_ms";
/// Messages worked off, by `outcome` (`done`, `retry`, `dropped`).
pub const JOBS: &str = "jobs";
/// Milliseconds of one message's work.
pub const JOB_DURATION: &str = "job_duration_ms";
/// Ticks of schedules, by `outcome` (`done`, `failed`).
pub const TICKS: &str = "ticks";
/// Milliseconds of one tick's work.
pub const TICK_DURATION: &str = "tick_duration_ms";
/// Milliseconds that a message lay in its queue, its delay included.
pub const QUEUE_AGE: &str = "queue_age_ms";
/// Processes started.
pub const COLD_STARTS: &str = "cold_starts";
/// Items found in documents, by `engine` (`built-in`, `model`, `both`).
pub const ITEMS_EXTRACTED: &str = "items_extracted";
/// Documents read, by `engine`.
pub const DOCUMENTS_READ: &str = "documents_read";
/// Tokens that a provider has counted, by `direction` (`in`, `out`).
pub const AI_TOKENS: &str = "ai_tokens";
/// Dollars that a document has cost at a provider, by the configured prices.
pub const AI_COST: &str = "ai_cost_usd";
/// People whose score was computed.
pub const USERS_RESCORED: &str = "users_rescored";
