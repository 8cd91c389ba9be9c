//! Files and texts on their way in: announced, sent, followed, reviewed, tried again, deleted.

mod accept_upload;
mod create_upload;
mod declared;
mod delete_upload;
mod extract;
mod extract_batch;
mod extract_file;
mod form;
mod get_upload;
mod limits;
mod list_uploads;
mod options;
mod post;
mod put_upload_file;
mod retry_upload;
mod review;
mod state;
mod upload;
mod wait;

pub use limits::Limits;
pub use state::{Uploads, state};
pub use upload::{FailureOut, ItemOut, UploadDetail, UploadOut};

use sentry_http::{Routes, routes};

/// The routes of this function.
pub fn router() -> Routes<Uploads> {
    routes![
        list_uploads::list_uploads,
        create_upload::create_upload,
        get_upload::get_upload,
        delete_upload::delete_upload,
        put_upload_file::put_upload_file,
        put_upload_file::post_upload_file,
        retry_upload::retry_upload,
        accept_upload::accept_upload,
        extract::extract_text,
        extract_batch::extract_batch,
        extract_file::extract_document,
        extract_file::extract_image,
        extract_file::extract_handwritten,
        extract_file::extract_audio,
        extract_file::extract_video,
        list_uploads::list_extraction_history,
    ]
}
