use serde::ser::{Serialize, Serializer};

/// A body whose media type is not JSON, byte for byte.
///
/// ```
/// use webhook_runtime::RawBody;
///
/// assert_eq!(RawBody::from(b"a=1".to_vec()).as_ref(), b"a=1");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RawBody(pub Vec<u8>);

impl From<Vec<u8>> for RawBody {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for RawBody {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Writes a string where the bytes are UTF-8, and a list of bytes elsewhere.
impl Serialize for RawBody {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match std::str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => serializer.collect_seq(&self.0),
        }
    }
}
