//! Everything that a key or the command line can ask for, in one table.

use std::fmt;

/// Makes the enum and everything that is said of a command from one line of the table each:
/// variant, name in the config and on the command line, default keys, a sentence of help.
macro_rules! commands {
    ($($group:ident { $($variant:ident, $name:literal, [$($keys:literal),*], $help:literal;)* })*) => {
        /// Something that a key or the command line can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command {
            $($(#[doc = $help] $variant,)*)*
        }

        impl Command {
            /// All commands, in the order of the table.
            pub const ALL: &[Self] = &[$($(Self::$variant,)*)*];

            const fn row(self) -> &'static Row {
                match self {
                    $($(Self::$variant => &Row {
                        group: Group::$group,
                        name: $name,
                        keys: &[$($keys),*],
                        help: $help,
                    },)*)*
                }
            }
        }
    };
}

struct Row {
    group: Group,
    name: &'static str,
    keys: &'static [&'static str],
    help: &'static str,
}

commands! {
    Moving {
        Down, "down", ["j", "<Down>"], "Go down a line or a row";
        Up, "up", ["k", "<Up>"], "Go up a line or a row";
        Left, "left", ["h", "<Left>"], "Go left a character";
        Right, "right", ["l", "<Right>"], "Go right a character";
        HalfPageDown, "half_page_down", ["<C-d>"], "Go down half a page";
        HalfPageUp, "half_page_up", ["<C-u>"], "Go up half a page";
        PageDown, "page_down", ["<C-f>", "<Space>", "<PageDown>"], "Go down a page";
        PageUp, "page_up", ["<C-b>", "<PageUp>"], "Go up a page";
        Top, "top", ["gg", "<Home>"], "Go to the beginning";
        Bottom, "bottom", ["G", "<End>"], "Go to the end; with a count, to that line";
        NextParagraph, "next_paragraph", ["}"], "Go to the next paragraph";
        PreviousParagraph, "previous_paragraph", ["{"], "Go to the previous paragraph";
        NextSentence, "next_sentence", [")"], "Go to the next sentence";
        PreviousSentence, "previous_sentence", ["("], "Go to the previous sentence";
        WordForward, "word_forward", ["w"], "Go to the beginning of the next word";
        WordBack, "word_back", ["b"], "Go back to the beginning of a word";
        WordEnd, "word_end", ["e"], "Go to the end of the word";
        LineStart, "line_start", ["0"], "Go to the beginning of the line";
        LineEnd, "line_end", ["$"], "Go to the end of the line";
    }
    Jumping {
        NextQuote, "next_quote", ["]q"], "Go to the next quote";
        PreviousQuote, "previous_quote", ["[q"], "Go to the previous quote";
        NextEntity, "next_entity", ["]e"], "Go to the next mention of an entity";
        PreviousEntity, "previous_entity", ["[e"], "Go to the previous mention of an entity";
        NextTime, "next_time", ["]t"], "Go to the next expression of time";
        PreviousTime, "previous_time", ["[t"], "Go to the previous expression of time";
        NextAnnotation, "next_annotation", ["]a"], "Go to the next annotation of any kind";
        PreviousAnnotation, "previous_annotation", ["[a"], "Go to the previous annotation of any kind";
        NextUnreviewed, "next_unreviewed", ["]u"], "Go to the next proposal that nobody has reviewed";
        PreviousUnreviewed, "previous_unreviewed", ["[u"], "Go to the previous proposal that nobody has reviewed";
        NextChapter, "next_chapter", ["]c"], "Go to the next chapter of the book";
        PreviousChapter, "previous_chapter", ["[c"], "Go to the previous chapter of the book";
        Act, "act", ["<Enter>"], "Go to the row's place in the text; in the text, show the details of the annotation";
        SetMark, "set_mark", ["m"], "Remember this place under a letter, which is typed next";
        GoToMark, "go_to_mark", ["`"], "Go to the place remembered under a letter, which is typed next";
        JumpBack, "jump_back", ["<C-o>", "[j"], "Go back to where you jumped from";
        JumpForward, "jump_forward", ["]j"], "Go forward again in the list of jumps";
        Outline, "outline", ["o"], "Choose a heading, or a chapter of the book, from the table of contents";
    }
    Searching {
        Search, "search", ["/"], "Search the text; small letters match large ones, regular expressions work";
        NextMatch, "next_match", ["n"], "Go to the next match";
        PreviousMatch, "previous_match", ["N"], "Go to the previous match";
        SearchWord, "search_word", ["*"], "Search for the word or the entity under the cursor";
        Filter, "filter", ["f"], "Choose what the focused panel, or the library, lists";
    }
    Selecting {
        SelectCharacters, "select_characters", ["v"], "Select from here, character by character";
        SelectLines, "select_lines", ["V"], "Select from here, line by line; in a panel, row by row";
        SelectQuote, "select_quote", ["iq"], "While selecting: take the quote around the cursor";
        SelectSentence, "select_sentence", ["is"], "While selecting: take the sentence around the cursor";
        SelectParagraph, "select_paragraph", ["ip"], "While selecting: take the paragraph around the cursor";
        SelectEntity, "select_entity", ["ie"], "While selecting: take the entity around the cursor";
        Expand, "expand", ["+"], "While selecting: grow the selection to the next larger unit";
        Shrink, "shrink", ["-"], "While selecting: shrink the selection to the next smaller unit";
        SwapEnds, "swap_ends", ["o"], "While selecting: go to the other end of the selection";
        Copy, "copy", ["y"], "Copy the selection, or the annotation, with its source";
        CopyMarkdown, "copy_markdown", ["Y"], "Copy the selection, or the annotation, as a Markdown quote";
    }
    Marking {
        Highlight, "highlight", ["H"], "Highlight in the colour of a letter, which is typed next; H takes the last colour";
        Tag, "tag", ["t"], "Add tags to the selection, the annotation, the marked rows or the sentence";
        Untag, "untag", ["T"], "Take tags away";
        Note, "note", ["a"], "Write a note";
        Accept, "accept", ["A"], "Accept what was found";
        Reject, "reject", ["X"], "Reject what was found; it is not proposed again";
        Correct, "correct", ["s"], "Correct who said the quote, what the entity is, or what the time means";
        Rename, "rename", ["cw"], "Give the entity another name";
        Merge, "merge", ["M"], "Make the entities of the marked rows one";
        Split, "split", ["S"], "Make the mention an entity of its own";
        Edges, "edges", ["r"], "Take the annotation's edges in hand; again, move them to what is selected then";
        Delete, "delete", ["dd"], "Delete the mark; what was found is rejected; in the library, put articles into the trash";
        Repeat, "repeat", ["."], "Highlight or tag once more, as last time";
        TagMentions, "tag_mentions", ["gm"], "Tag all mentions of the entity under the cursor";
        HighlightMatches, "highlight_matches", ["gH"], "Highlight all matches of the search, or of the selected words";
        TagArticle, "tag_article", ["gT"], "Add tags to the article as a whole";
        UntagArticle, "untag_article", [], "Take tags from the article as a whole";
        NoteArticle, "note_article", ["gN"], "Write a note on the article as a whole";
        Undo, "undo", ["u"], "Take the last change back";
        Redo, "redo", ["<C-r>"], "Make the change again that was taken back";
        Review, "review", ["gr"], "Go through all proposals that nobody has reviewed";
        Marks, "marks", ["gM"], "List all that you marked, changed or noted";
        Changes, "changes", ["gu"], "List all changes, to go back to any of them";
    }
    Panes {
        FocusNext, "focus_next", ["<Tab>"], "Go to the next pane";
        FocusPrevious, "focus_previous", ["<S-Tab>"], "Go to the previous pane";
        FocusArticle, "focus_article", ["ga"], "Go to the article";
        FocusQuotes, "focus_quotes", ["gq"], "Go to the quotes";
        FocusEntities, "focus_entities", ["ge"], "Go to the entities";
        FocusTimeline, "focus_timeline", ["gt"], "Go to the timeline";
        GroupBySpeaker, "group_by_speaker", ["gs"], "List the quotes by speaker, or in the order of the text again";
        WidenPane, "widen_pane", [">"], "Make the focused pane wider";
        NarrowPane, "narrow_pane", ["<lt>"], "Make the focused pane narrower";
        TallerPane, "taller_pane", ["<C-w>+"], "Make the focused panel taller";
        ShorterPane, "shorter_pane", ["<C-w>-"], "Make the focused panel shorter";
    }
    View {
        Zen, "zen", ["Z"], "Show the article alone, or the panels again";
        CursorMiddle, "cursor_middle", ["zz"], "Scroll so that the cursor's line is in the middle";
        CursorTop, "cursor_top", ["zt"], "Scroll so that the cursor's line is at the top";
        CursorBottom, "cursor_bottom", ["zb"], "Scroll so that the cursor's line is at the bottom";
        WholePage, "whole_page", ["R"], "Show the whole web page instead of its article, or the article again";
        Redraw, "redraw", ["<C-l>"], "Draw the screen anew";
    }
    Library {
        Library, "library", ["gl"], "Go to the library: the list of all articles";
        SearchLibrary, "search_library", ["g/"], "Search the texts, quotes and notes of all articles";
        Sort, "sort", ["s"], "In the library: sort by the next of opened, added, published, title, publisher, read, marks";
        ReverseSort, "reverse_sort", ["S"], "In the library: turn the order round";
        Restore, "restore", ["R"], "In the library: take the article out of the trash";
    }
    Program {
        Help, "help", ["?", "<F1>"], "Show what every key does";
        CommandLine, "command_line", [":"], "Type the name of a command";
        OpenLink, "open_link", ["gx"], "Open the link or the picture under the cursor, or the article's own page";
        PointAtLink, "point_at_link", ["F"], "Show letters over the links; a letter opens its link in the browser, a capital one here";
        Refresh, "refresh", ["<F5>"], "Read the article anew from where it is, and show what has changed";
        Differences, "differences", ["gd"], "List the sentences that the last refresh changed";
        Export, "export", ["E"], "Write the annotations to a file";
        Suspend, "suspend", ["<C-z>"], "Go to the shell; `fg` there comes back";
        Cancel, "cancel", ["<Esc>"], "Leave the selection, the search or what is open above the text";
        Quit, "quit", ["q", "<C-c>"], "Go back, and out of the program from the article";
    }
}

impl Command {
    /// What it has to do with.
    pub const fn group(self) -> Group {
        self.row().group
    }

    /// The name in the config and on the command line.
    pub const fn name(self) -> &'static str {
        self.row().name
    }

    /// The keys that ask for it where the config says nothing, in the notation of
    /// [`super::key::parse`].
    pub const fn default_keys(self) -> &'static [&'static str] {
        self.row().keys
    }

    /// What it does, in a sentence without a full stop.
    pub const fn help(self) -> &'static str {
        self.row().help
    }

    /// The command of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|it| it.name() == name)
    }

    /// The command whose name is so like this one that it may be meant.
    pub fn nearest(name: &str) -> Option<Self> {
        let near = crate::error::nearest(name, Self::ALL.iter().map(|it| it.name()))?;
        Self::from_name(near)
    }

    /// Whether the next key is not a command but a letter that belongs to this one.
    pub const fn takes_letter(self) -> bool {
        matches!(self, Self::SetMark | Self::GoToMark | Self::Highlight)
    }

    /// Whether it is there only while something is being selected, so that its keys may mean
    /// something else at other times.
    pub const fn only_selecting(self) -> bool {
        matches!(
            self,
            Self::SelectQuote
                | Self::SelectSentence
                | Self::SelectParagraph
                | Self::SelectEntity
                | Self::Expand
                | Self::Shrink
                | Self::SwapEnds
        )
    }

    /// Whether it is there only in the library, so that its keys may mean something else in an
    /// article.
    pub const fn only_in_library(self) -> bool {
        matches!(self, Self::Sort | Self::ReverseSort | Self::Restore)
    }
}

/// What a command has to do with, as the help is divided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Group {
    /// Through the text, a step at a time.
    Moving,
    /// To what was found or remembered.
    Jumping,
    /// For words.
    Searching,
    /// And what is done with a selection.
    Selecting,
    /// And correcting.
    Marking,
    /// Where the keys go, and how large each pane is.
    Panes,
    /// How the article is shown.
    View,
    /// All articles.
    Library,
    /// The program itself.
    Program,
}

impl Group {
    /// All groups, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Moving,
        Self::Jumping,
        Self::Searching,
        Self::Selecting,
        Self::Marking,
        Self::Panes,
        Self::View,
        Self::Library,
        Self::Program,
    ];

    /// The heading above its commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Moving => "Moving",
            Self::Jumping => "Jumping",
            Self::Searching => "Searching",
            Self::Selecting => "Selecting",
            Self::Marking => "Marking",
            Self::Panes => "Panes",
            Self::View => "View",
            Self::Library => "Library",
            Self::Program => "Program",
        }
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_found_again_and_say_the_variant() {
        for &command in Command::ALL {
            assert_eq!(Command::from_name(command.name()), Some(command));
            let variant = format!("{command:?}").to_lowercase();
            assert_eq!(command.name().replace('_', ""), variant);
        }
        assert_eq!(Command::from_name("nextquote"), None);
        assert_eq!(Command::nearest("next_qoute"), Some(Command::NextQuote));
        assert_eq!(Command::nearest("fly"), None);
    }

    #[test]
    fn every_command_has_a_help_of_its_own() {
        let mut seen = HashSet::new();
        for &command in Command::ALL {
            let help = command.help();
            assert!(help.starts_with(char::is_uppercase) && !help.ends_with('.'), "{help}");
            assert!(seen.insert(help), "{help} stands twice");
        }
    }

    #[test]
    fn groups_stand_together_and_in_order() {
        let groups: Vec<Group> = Command::ALL.iter().map(|it| it.group()).collect();
        assert!(groups.is_sorted());
        assert!(Group::ALL.iter().all(|group| groups.contains(group)));
    }
}
