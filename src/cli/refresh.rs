//! `pullquote add --refresh`: articles of the library read anew from where they are.

use std::sync::Arc;

use jiff::Timestamp;

use super::analyze::find_besides;
use super::source::{self, Ways};
use super::{Outcome, complain, print, shown};
use crate::annot::Store;
use crate::app::versions;
use crate::article::Article;
use crate::detect::versions::{Difference, What, differences};
use crate::error::{Error, Result};
use crate::library::{ArticleId, Library};
use crate::run::counted;

/// Reads all of these again, by their ids or by where they are; what fails is said, and the others
/// are done.
pub(super) fn all(mut library: Library, sources: &[String], ways: &Ways) -> Result<Outcome> {
    let mut outcome = Outcome::Done;
    for source in sources {
        match one(&mut library, source, ways) {
            Ok(said) => drop(print(&said)?),
            Err(error) => {
                complain(&error);
                outcome = Outcome::Partly;
            }
        }
    }
    Ok(outcome)
}

fn one(library: &mut Library, source: &str, ways: &Ways) -> Result<String> {
    let (id, before, place) = known(library, source)?;
    let ways = ways.as_before(&before);
    let article = Arc::new(source::read(&place, &ways)?);
    let changed = differences(&before, &article);
    let opened = library.opened(id)?;
    let entered = library.enter_as(Some(id), &article, Timestamp::now())?;
    // Nobody has looked at it.
    library.set_opened(id, opened)?;
    let mut store = Store::restore(entered.kept);
    let errors = find_besides(&article, &mut store);
    library.propose(id, &article, &store)?;
    errors.iter().for_each(complain);
    let title = article.meta.title.as_deref().unwrap_or(&article.meta.source);
    let mut lines = vec![format!("{id}  {}", shown(&title.replace('\n', " ")))];
    let counted_sentences = versions::counted(&changed);
    lines.push(format!("  {}", counted_sentences.as_deref().unwrap_or("nothing has changed")));
    lines.extend(counted(&entered.replaced).map(|it| format!("  your marks: {it}")));
    lines.extend(changed.iter().flat_map(of));
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// Which article is meant, as it is kept, and where it is from.
fn known(library: &Library, source: &str) -> Result<(ArticleId, Article, String)> {
    let id = if source::may_be_id(source) {
        library.id(source)?
    } else {
        library.at(source)?.ok_or_else(|| {
            Error::new(format!("{} is not in the library", source.escape_debug()))
                .hint(format!("`pullquote add {source}` puts it in"))
        })?
    };
    let (_, before) = library.get(&id.to_string())?;
    let place = library.place(id)?.ok_or_else(|| {
        Error::new(format!("{id} came from standard input, which cannot be read again"))
            .hint("put it in anew: `pullquote add -`")
    })?;
    Ok((id, before, place))
}

/// What is printed of a difference: the sentence as it was, and as it is.
fn of(it: &Difference) -> Vec<String> {
    let before = || format!("  - {}", in_one_line(&it.before));
    let after = || format!("  + {}", in_one_line(&it.after));
    match it.what {
        What::Added => vec![after()],
        What::Removed => vec![before()],
        What::Changed => vec![before(), after()],
    }
}

fn in_one_line(words: &str) -> String {
    shown(&crate::text::one_line(words))
}
