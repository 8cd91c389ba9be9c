//! Recordings are cut into pieces that are recordings themselves, in silences, and nothing of the sound is lost.
#![expect(
    clippy::unwrap_used,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test ends where its premise does"
)]

use proptest::prelude::*;
use sentry_documents::media::{Piece, cut};
use sentry_documents::{FileKind, ReadError, sniff};
use std::io::Cursor;
use std::path::Path;

fn bytes(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus/media");
    std::fs::read(folder.join(name)).unwrap()
}

fn pieces(bytes: &[u8], kind: FileKind, most: usize) -> Result<Vec<Piece>, ReadError> {
    let mut pieces = Vec::new();
    cut(&mut Cursor::new(bytes), kind, most, &mut |piece| {
        pieces.push(piece);
        Ok(())
    })?;
    Ok(pieces)
}

/// Where each recording is cut: seconds from the beginning.
fn starts(name: &str, kind: FileKind, most: usize) -> Vec<Piece> {
    let bytes = bytes(name);
    assert_eq!(sniff(&bytes, name, None).unwrap(), kind, "{name}");
    let pieces = pieces(&bytes, kind, most).unwrap();
    let mut end = 0.0;
    for piece in &pieces {
        assert!(
            piece.bytes.len() <= most,
            "{name}: {} bytes",
            piece.bytes.len()
        );
        assert!(
            (piece.start - end).abs() < 1e-6,
            "{name}: a gap before {}",
            piece.start
        );
        end = piece.start + piece.duration.unwrap();
        let again = sniff(&piece.bytes, &format!("piece.{}", piece.extension), None).unwrap();
        assert_eq!(again.family(), sentry_documents::Family::Audio, "{name}");
    }
    assert!((11.9..12.2).contains(&end), "{name} is {end} s long");
    pieces
}

const RECORDINGS: &[(&str, FileKind, usize)] = &[
    ("tone.wav", FileKind::Wav, 80_000),
    ("tone.mp3", FileKind::Mp3, 20_000),
    ("tone.flac", FileKind::Flac, 30_000),
    ("tone.ogg", FileKind::Ogg, 20_000),
    ("vorbis.ogg", FileKind::Ogg, 9_500),
    ("tone.m4a", FileKind::M4a, 20_000),
    ("tone.webm", FileKind::WebmAudio, 24_000),
    ("film.mp4", FileKind::Mp4, 20_000),
    ("film.mov", FileKind::Mov, 20_000),
    ("film.webm", FileKind::WebmVideo, 10_000),
    ("film.mkv", FileKind::Mkv, 20_000),
];

#[test]
fn every_kind_is_cut_within_bounds() {
    for (name, kind, most) in RECORDINGS {
        let pieces = starts(name, *kind, *most);
        assert!(pieces.len() >= 2, "{name}: {} piece", pieces.len());
    }
}

#[test]
fn cuts_fall_into_silences() {
    // The tone is silent in the last fifth of every three seconds.
    for (name, kind, most) in [
        ("tone.wav", FileKind::Wav, 104_000),
        ("tone.mp3", FileKind::Mp3, 31_500),
        ("tone.flac", FileKind::Flac, 38_000),
    ] {
        for piece in &starts(name, kind, most)[1..] {
            let into = piece.start % 3.0;
            assert!(
                !(0.12..2.3).contains(&into),
                "{name} is cut at {}",
                piece.start
            );
        }
    }
}

#[test]
fn what_is_small_enough_stays_as_it_is() {
    let whole = bytes("fragmented.m4a");
    let pieces = pieces(&whole, FileKind::M4a, 1_000_000).unwrap();
    assert_eq!(pieces.len(), 1);
    assert_eq!(
        (pieces[0].bytes.as_slice(), pieces[0].extension),
        (whole.as_slice(), "m4a")
    );
}

#[test]
fn what_has_no_sound_or_no_order_says_so() {
    let code = |name: &str, kind, most| pieces(&bytes(name), kind, most).unwrap_err().code();
    assert_eq!(code("silent.mp4", FileKind::Mp4, 1_000_000), "unsupported");
    assert_eq!(code("fragmented.m4a", FileKind::M4a, 20_000), "unsupported");
    assert_eq!(code("tone.wav", FileKind::Flac, 20_000), "damaged");
    assert_eq!(code("tone.mp3", FileKind::Mp4, 20_000), "damaged");
    // A box as long as lengths go is the last one.
    let mut endless = 1_u32.to_be_bytes().to_vec();
    endless.extend(b"free");
    endless.extend(u64::MAX.to_be_bytes());
    endless.extend([0; 8]);
    let refused = cut(
        &mut Cursor::new(endless),
        FileKind::Mp4,
        10,
        &mut |_| Ok(()),
    );
    assert_eq!(refused.unwrap_err().code(), "damaged");
    assert_eq!(
        pieces(&[], FileKind::Wav, 20_000).unwrap_err().code(),
        "empty_file"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn broken_recordings_get_an_answer(
        which in 0..RECORDINGS.len(), cut_at in 0.0_f64..1.0, at in 0.0_f64..1.0, value: u8, count in 0_usize..12
    ) {
        let (name, kind, most) = RECORDINGS[which];
        let mut broken = bytes(name);
        let head = broken.len().min(4_000);
        for step in 0..count {
            // Most of what can go wrong stands at the head or, for tables, at the end.
            let place = (at * 7919.0 * (step + 1) as f64) as usize;
            let index = if step % 2 == 0 { place % head } else { broken.len() - 1 - place % head };
            broken[index] = value.wrapping_mul(step as u8 + 1);
        }
        broken.truncate((broken.len() as f64 * cut_at.max(0.3)) as usize + 1);
        if let Ok(pieces) = pieces(&broken, kind, most) {
            let total: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
            prop_assert!(total <= broken.len() * 4 + pieces.len() * 8_192);
        }
    }
}
