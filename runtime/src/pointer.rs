//! JSON pointers (RFC 6901), written only where one is shown.

/// The way from the top of a body to a value.
#[derive(Clone, Copy)]
pub(crate) struct Path<'p> {
    parent: Option<&'p Path<'p>>,
    token: Token<'p>,
}

#[derive(Clone, Copy)]
enum Token<'p> {
    Root,
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    pub const ROOT: Self = Self { parent: None, token: Token::Root };

    pub fn key<'c>(&'c self, key: &'c str) -> Path<'c> {
        Path { parent: Some(self), token: Token::Key(key) }
    }

    pub fn index(&self, index: usize) -> Path<'_> {
        Path { parent: Some(self), token: Token::Index(index) }
    }

    /// The path as a JSON pointer.
    pub fn pointer(&self) -> String {
        let mut pointer = self.parent.map(Path::pointer).unwrap_or_default();
        match self.token {
            Token::Root => {}
            Token::Key(key) => push_token(&mut pointer, key),
            Token::Index(index) => push_token(&mut pointer, &index.to_string()),
        }
        pointer
    }
}

/// Appends a token, escaped as RFC 6901 (section 3) says.
pub(crate) fn push_token(pointer: &mut String, token: &str) {
    pointer.push('/');
    for character in token.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
