//! The little of XML that describes a book or a list of feeds.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// A piece of an XML file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// The name without its prefix, and the attributes.
    Open(String, Vec<(String, String)>),
    Close(String),
    Words(String),
}

/// The most pieces of a file.
const MOST: usize = 200_000;

/// An XML file in pieces; what is broken ends it.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut pieces = Vec::new();
    while pieces.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(tag)) => pieces.push(open(&tag)),
            Ok(Event::Empty(tag)) => {
                let piece = open(&tag);
                let Piece::Open(name, _) = &piece else { continue };
                let close = Piece::Close(name.clone());
                pieces.push(piece);
                pieces.push(close);
            }
            Ok(Event::End(tag)) => {
                pieces.push(Piece::Close(tag.local_name().into_inner().to_owned()));
            }
            Ok(Event::Text(words)) => pieces.push(Piece::Words(words.xml10_content().into_owned())),
            Ok(Event::CData(words)) => {
                pieces.push(Piece::Words(words.xml10_content().into_owned()));
            }
            Ok(Event::GeneralRef(entity)) => {
                let sign = entity.resolve_char_ref().ok().flatten();
                let sign = sign.or(match &*entity.xml10_content() {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    // What a file itself defines is not looked up: it may grow without end.
                    _ => None,
                });
                pieces.extend(sign.map(|it| Piece::Words(it.to_string())));
            }
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) | Err(_) => break,
        }
    }
    pieces
}

fn open(tag: &BytesStart<'_>) -> Piece {
    let name = tag.local_name().into_inner().to_owned();
    let mut attributes = Vec::new();
    for it in tag.attributes().with_checks(false).flatten().take(64) {
        let value = it.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_or_else(|_| String::new(), std::borrow::Cow::into_owned);
        attributes.push((it.key.local_name().into_inner().to_owned(), value));
    }
    Piece::Open(name, attributes)
}

/// The value of an attribute.
pub(super) fn value<'p>(attributes: &'p [(String, String)], name: &str) -> Option<&'p str> {
    attributes.iter().find(|it| it.0 == name).map(|it| it.1.as_str())
}
