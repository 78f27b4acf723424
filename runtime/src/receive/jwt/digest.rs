//! The claim that binds a token to the body beside it.

use super::{Token, VerifyError};
use crate::event::{Body, Expression};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

pub(super) fn check_digest(token: &Token, claims: &[u8], body: &[u8]) -> Result<(), VerifyError> {
    let Some((claim, encoding)) = token.body_digest else { return Ok(()) };
    let path = [claim];
    let claims = Body::new(claims);
    let claimed = Expression::lookup(claims, &path).ok_or(VerifyError::BodyDigest)?;
    let mut room = [0; 66];
    let claimed = encoding.decode_into(claimed.as_bytes(), &mut room).ok_or(VerifyError::BodyDigest)?;
    if Sha256::digest(body).ct_eq(claimed).into() { Ok(()) } else { Err(VerifyError::BodyDigest) }
}
