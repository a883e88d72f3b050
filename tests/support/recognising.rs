//! Recognising bytes, as an import does.

use std::io::Cursor;

use fairtracks::genome::content::{
    Claim, Delivery, FileBytes, FileContent, Format, Verdict, identify, judge,
};

pub const CLAIMS: [Claim; 15] = [
    Claim::Format(Format::Bed),
    Claim::Format(Format::EncodePeak),
    Claim::Format(Format::BedGraph),
    Claim::Format(Format::Wig),
    Claim::Format(Format::Gff),
    Claim::Format(Format::Gff3),
    Claim::Format(Format::Gtf),
    Claim::Format(Format::Vcf),
    Claim::Format(Format::VcfBgzip),
    Claim::Format(Format::Bam),
    Claim::Format(Format::Cram),
    Claim::Format(Format::BigBed),
    Claim::Format(Format::BigWig),
    Claim::Table,
    Claim::Anything,
];

pub fn content(bytes: &[u8]) -> FileContent {
    identify(&mut FileBytes::new(Cursor::new(bytes)).unwrap()).unwrap()
}

/// From a server, which makes the recogniser most suspicious.
pub const DELIVERY: Delivery<'static> = Delivery {
    media_type: None,
    content_encoding: None,
    is_verified: false,
    from_server: true,
    file_name: "track",
};

/// Asserts that a text passes as what it was declared to be, without a remark.
pub fn passes(format: Format, text: impl AsRef<[u8]>) {
    let text = text.as_ref();
    let content = content(text);
    let shown = String::from_utf8_lossy(&text[..text.len().min(300)]).into_owned();
    let verdict = judge(Claim::Format(format), &content, &DELIVERY);
    assert_eq!(verdict, Verdict::AsDeclared, "{format:?}: {shown}");
    match content {
        FileContent::Text(text) => assert!(text.remarks().is_empty(), "{format:?}: {shown}"),
        other => panic!("{format:?}: {shown}: {other:?}"),
    }
}
