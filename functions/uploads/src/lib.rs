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

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of this function.
pub fn router() -> OpenApiRouter<Uploads> {
    OpenApiRouter::new()
        .routes(routes!(
            list_uploads::list_uploads,
            create_upload::create_upload
        ))
        .routes(routes!(
            get_upload::get_upload,
            delete_upload::delete_upload
        ))
        .routes(routes!(
            put_upload_file::put_upload_file,
            put_upload_file::post_upload_file
        ))
        .routes(routes!(retry_upload::retry_upload))
        .routes(routes!(accept_upload::accept_upload))
        .routes(routes!(extract::extract_text))
        .routes(routes!(extract_batch::extract_batch))
        .routes(routes!(extract_file::extract_document))
        .routes(routes!(extract_file::extract_image))
        .routes(routes!(extract_file::extract_handwritten))
        .routes(routes!(extract_file::extract_audio))
        .routes(routes!(extract_file::extract_video))
        .routes(routes!(list_uploads::list_extraction_history))
}
