//! What can go wrong with objects.

/// Why an object could not be had or put.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// There is no such object.
    #[error("no object has this key")]
    NotFound,
    /// The object is larger than the caller is ready to hold.
    #[error("the object is larger than {limit} bytes")]
    TooLarge {
        /// What the caller allowed.
        limit: u64,
    },
    /// The service did not answer, or not as it should.
    #[error("object storage failed: {0}")]
    Unavailable(String),
}
