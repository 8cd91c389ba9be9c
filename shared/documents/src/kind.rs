//! The kinds of files the product accepts.

use serde::{Deserialize, Serialize};

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FileKind {
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// Comma, semicolon or tab separated values.
    Csv,
    /// A mail message with its attachments.
    Eml,
    /// Subtitles: what is said in a recording.
    Subtitles,
    /// Entries of a calendar.
    Calendar,
    /// Portable document format.
    Pdf,
    /// Word document.
    Docx,
    /// `PowerPoint` presentation.
    Pptx,
    /// Excel workbook.
    Xlsx,
    /// `OpenDocument` text.
    Odt,
    /// `OpenDocument` table.
    Ods,
    /// `OpenDocument` presentation.
    Odp,
    /// Rich text format.
    Rtf,
    /// PNG picture.
    Png,
    /// JPEG picture.
    Jpeg,
    /// WebP picture.
    Webp,
    /// TIFF picture.
    Tiff,
    /// Windows bitmap.
    Bmp,
    /// MP3 sound.
    Mp3,
    /// WAV sound.
    Wav,
    /// MPEG-4 sound.
    M4a,
    /// Ogg sound (Vorbis, Opus, Speex, FLAC).
    Ogg,
    /// FLAC sound.
    Flac,
    /// `WebM` without pictures.
    WebmAudio,
    /// MPEG-4 film.
    Mp4,
    /// `QuickTime` film.
    Mov,
    /// `WebM` film.
    WebmVideo,
    /// Matroska film.
    Mkv,
}

/// The way a file goes: read as text, looked at, or listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Text, Markdown, HTML, CSV, mail, subtitles, calendars: [`crate::read`].
    Text,
    /// PDF and office documents: [`crate::read`].
    Document,
    /// Pictures: vision model or OCR.
    Image,
    /// Sound: transcription.
    Audio,
    /// Film: its sound track is transcribed.
    Video,
}

/// One line per kind: kind, family, name for people, media types, extensions. The first of each list is the usual one.
type Entry = (
    FileKind,
    Family,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

use FileKind as K;

#[rustfmt::skip]
static KINDS: &[Entry] = &[
    (K::Text, Family::Text, "plain text", &["text/plain"], &["txt", "text", "log"]),
    (K::Markdown, Family::Text, "Markdown", &["text/markdown", "text/x-markdown"], &["md", "markdown"]),
    (K::Html, Family::Text, "an HTML page", &["text/html", "application/xhtml+xml"], &["html", "htm", "xhtml"]),
    (K::Csv, Family::Text, "a table of separated values", &["text/csv", "text/tab-separated-values", "application/csv"], &["csv", "tsv"]),
    (K::Eml, Family::Text, "a mail message", &["message/rfc822"], &["eml"]),
    (K::Subtitles, Family::Text, "a file of subtitles", &["text/vtt", "application/x-subrip", "text/srt"], &["vtt", "srt"]),
    (K::Calendar, Family::Text, "a calendar file", &["text/calendar", "application/ics"], &["ics", "ical"]),
    (K::Pdf, Family::Document, "a PDF", &["application/pdf", "application/x-pdf"], &["pdf"]),
    (K::Docx, Family::Document, "a Word document", &["application/vnd.openxmlformats-officedocument.wordprocessingml.document"], &["docx", "docm"]),
    (K::Pptx, Family::Document, "a PowerPoint presentation", &["application/vnd.openxmlformats-officedocument.presentationml.presentation"], &["pptx", "pptm"]),
    (K::Xlsx, Family::Document, "an Excel workbook", &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"], &["xlsx", "xlsm"]),
    (K::Odt, Family::Document, "an OpenDocument text", &["application/vnd.oasis.opendocument.text"], &["odt"]),
    (K::Ods, Family::Document, "an OpenDocument table", &["application/vnd.oasis.opendocument.spreadsheet"], &["ods"]),
    (K::Odp, Family::Document, "an OpenDocument presentation", &["application/vnd.oasis.opendocument.presentation"], &["odp"]),
    (K::Rtf, Family::Document, "a rich text document", &["application/rtf", "text/rtf"], &["rtf"]),
    (K::Png, Family::Image, "a PNG picture", &["image/png"], &["png"]),
    (K::Jpeg, Family::Image, "a JPEG picture", &["image/jpeg", "image/jpg"], &["jpg", "jpeg"]),
    (K::Webp, Family::Image, "a WebP picture", &["image/webp"], &["webp"]),
    (K::Tiff, Family::Image, "a TIFF picture", &["image/tiff"], &["tiff", "tif"]),
    (K::Bmp, Family::Image, "a bitmap picture", &["image/bmp", "image/x-ms-bmp"], &["bmp"]),
    (K::Mp3, Family::Audio, "MP3 sound", &["audio/mpeg", "audio/mp3"], &["mp3"]),
    (K::Wav, Family::Audio, "WAV sound", &["audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave"], &["wav"]),
    (K::M4a, Family::Audio, "MPEG-4 sound", &["audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac"], &["m4a"]),
    (K::Ogg, Family::Audio, "Ogg sound", &["audio/ogg", "application/ogg", "audio/opus", "audio/vorbis"], &["ogg", "oga", "opus"]),
    (K::Flac, Family::Audio, "FLAC sound", &["audio/flac", "audio/x-flac"], &["flac"]),
    (K::WebmAudio, Family::Audio, "WebM sound", &["audio/webm"], &["webm", "weba"]),
    (K::Mp4, Family::Video, "an MPEG-4 film", &["video/mp4"], &["mp4", "m4v"]),
    (K::Mov, Family::Video, "a QuickTime film", &["video/quicktime"], &["mov"]),
    (K::WebmVideo, Family::Video, "a WebM film", &["video/webm"], &["webm"]),
    (K::Mkv, Family::Video, "a Matroska film", &["video/x-matroska", "video/matroska"], &["mkv"]),
];

impl FileKind {
    fn entry(self) -> &'static Entry {
        // Every variant is in the table (a test walks them); the first line is a harmless answer should one be forgotten.
        KINDS
            .iter()
            .find(|entry| entry.0 == self)
            .unwrap_or(&KINDS[0])
    }

    /// All kinds.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|entry| entry.0)
    }

    /// The way the file goes.
    pub fn family(self) -> Family {
        self.entry().1
    }

    /// A name with its article, to be put into a sentence: "a PDF".
    pub fn name(self) -> &'static str {
        self.entry().2
    }

    /// The usual media type.
    pub fn mime(self) -> &'static str {
        self.entry().3[0]
    }

    /// The usual file name extension, without the dot.
    pub fn extension(self) -> &'static str {
        self.entry().4[0]
    }

    /// True when [`crate::read`] turns it into text.
    pub fn is_readable(self) -> bool {
        matches!(self.family(), Family::Text | Family::Document)
    }

    /// The kind that a media type (in small letters, without parameters) declares.
    pub fn from_mime(mime: &str) -> Option<Self> {
        KINDS
            .iter()
            .find(|entry| entry.3.contains(&mime))
            .map(|entry| entry.0)
    }

    /// The kind that a file name extension (in small letters, without the dot) declares.
    pub fn from_extension(extension: &str) -> Option<Self> {
        KINDS
            .iter()
            .find(|entry| entry.4.contains(&extension))
            .map(|entry| entry.0)
    }
}
