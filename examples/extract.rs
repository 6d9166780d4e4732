//! Reads pages as JSON lines, {"id","html"}, and prints the texts of their articles as one JSON
//! object, to be scored.

use std::io::{BufRead, Write};

use pullquote::article::{Extract, html};

fn main() -> std::io::Result<()> {
    let mut texts = serde_json::Map::new();
    for line in std::io::stdin().lock().lines() {
        let page: serde_json::Value = serde_json::from_str(&line?)?;
        let field = |name: &str| page[name].as_str().unwrap_or_default();
        let article = html::read(field("html"), field("id"), Extract::Main);
        let text = article.map_or(String::new(), |it| it.text);
        texts.insert(field("id").to_owned(), text.into());
    }
    std::io::stdout().write_all(serde_json::Value::Object(texts).to_string().as_bytes())
}
