//! Content negotiation.

pub(super) const JSON: &str = "application/json";
/// The media type of GSuite, and of TrackFind's error texts.
pub(super) const PLAIN: &str = "text/plain;charset=UTF-8";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AnswerKind {
    Json,
    Plain,
}

impl AnswerKind {
    const fn parts(self) -> (&'static str, &'static str) {
        match self {
            AnswerKind::Json => ("application", "json"),
            AnswerKind::Plain => ("text", "plain"),
        }
    }
}

/// The best of the offered types for an `Accept` header, the first one by default; `None` if none is acceptable. More
/// specific ranges take precedence, then higher weights, then earlier ones.
pub(super) fn wanted(accept: Option<&str>, offered: &[AnswerKind]) -> Option<AnswerKind> {
    let accept = accept.map(str::trim).filter(|accept| !accept.is_empty());
    let Some(accept) = accept else {
        return offered.first().copied();
    };
    let mut wishes: Vec<Wish<'_>> = accept.split(',').filter_map(Wish::read).collect();
    wishes.sort_by(|left, right| {
        left.vagueness()
            .cmp(&right.vagueness())
            .then(right.quality.total_cmp(&left.quality))
    });
    wishes
        .iter()
        .find_map(|wish| offered.iter().copied().find(|kind| wish.is_for(*kind)))
}

/// One media range of the header.
struct Wish<'a> {
    main: &'a str,
    sub: &'a str,
    quality: f64,
}

impl<'a> Wish<'a> {
    /// Parses a media range; `None` if it is invalid or has weight 0.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.split(';').map(str::trim);
        let range = parts.next()?;
        let range = if range == "*" { "*/*" } else { range };
        let (main, sub) = range.split_once('/')?;
        let quality = parts.find_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("q")
                .then(|| value.trim().parse::<f64>().ok())?
        });
        let quality = quality.unwrap_or(1.0);
        (quality > 0.0).then_some(Wish { main, sub, quality })
    }

    fn vagueness(&self) -> u8 {
        u8::from(self.main == "*") + u8::from(self.sub == "*")
    }

    fn is_for(&self, kind: AnswerKind) -> bool {
        let (main, sub) = kind.parts();
        let fits = |wish: &str, part: &str| wish == "*" || wish.eq_ignore_ascii_case(part);
        fits(self.main, main) && fits(self.sub, sub)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_decides_between_json_and_gsuite() {
        let (json, plain) = (Some(AnswerKind::Json), Some(AnswerKind::Plain));
        for (accept, expected) in [
            (None, json),
            (Some("*/*"), json),
            (Some("application/json"), json),
            (Some("text/plain"), plain),
            (Some("text/*"), plain),
            (Some("text/html,application/xhtml+xml,*/*;q=0.8"), json),
            (Some("text/plain, application/json"), plain),
            (Some("application/json, text/plain"), json),
            (Some("text/plain;q=0.5, application/json;q=0.9"), json),
            (Some("text/html"), None),
            (Some("application/xml"), None),
            (Some("nonsense"), None),
        ] {
            let kind = wanted(accept, &[AnswerKind::Json, AnswerKind::Plain]);
            assert_eq!(kind, expected, "{accept:?}");
        }
    }
}
