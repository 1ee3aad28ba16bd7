//! The bytes of a block file.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

use crate::engine::experiment::Findings;
use crate::output::block_file::Head;
use crate::output::manifest::plain;

/// The number of this format. One that is changed gets another.
pub const FORMAT: u32 = 1;

/// What the first line says before the number.
const MAGIC: &str = "detente blocks ";

/// Bytes of a SHA-256.
const HASH: usize = 32;

/// The most that a packed byte can become, a little over what deflate can do.
const MOST_A_BYTE: u64 = 1100;

/// The bytes of a block file, but for the hash at their end, and that hash.
pub fn pack(head: &Head, findings: &Findings) -> Result<(Vec<u8>, [u8; HASH]), String> {
    let why = |error: &dyn std::fmt::Display| format!("it cannot be packed: {error}");
    let unpacked = postcard::to_stdvec(findings).map_err(|error| why(&error))?;
    let head = Head { unpacked: unpacked.len() as u64, ..head.clone() };
    let mut bytes = format!("{MAGIC}{FORMAT}\n").into_bytes();
    serde_json::to_writer(&mut bytes, &head).map_err(|error| why(&error))?;
    bytes.push(b'\n');
    // Most counts are 0: the fastest packing takes them away, and better ones gain little.
    let mut packer = DeflateEncoder::new(bytes, Compression::fast());
    packer.write_all(&unpacked).map_err(|error| why(&error))?;
    let bytes = packer.finish().map_err(|error| why(&error))?;
    let hash = Sha256::digest(&bytes).into();
    Ok((bytes, hash))
}

/// Reads the bytes of a block file. Nothing in them is trusted before the hash has been held to them, and
/// little after that: anyone can make a hash.
pub fn unpack(bytes: &[u8]) -> Result<(Head, Findings), String> {
    let (head, packed) = open(bytes)?;
    if head.unpacked > (packed.len() as u64).saturating_mul(MOST_A_BYTE) {
        return Err("it says that it is longer than it can be".to_owned());
    }
    let mut unpacked = Vec::new();
    let mut reader = DeflateDecoder::new(packed).take(head.unpacked.saturating_add(1));
    reader.read_to_end(&mut unpacked).map_err(|_| "its findings cannot be unpacked".to_owned())?;
    if unpacked.len() as u64 != head.unpacked {
        return Err("its findings are not as long as it says".to_owned());
    }
    let (findings, rest) = postcard::take_from_bytes::<Findings>(&unpacked)
        .map_err(|_| "its findings cannot be read".to_owned())?;
    if !rest.is_empty() {
        return Err("there is something behind its findings".to_owned());
    }
    head.check_findings(&findings)?;
    Ok((head, findings))
}

/// What a block file says of itself, and its packed findings.
pub fn open(bytes: &[u8]) -> Result<(Head, &[u8]), String> {
    let (line, rest) = line(bytes).ok_or("it is no block file of detente")?;
    let number = std::str::from_utf8(line).ok().and_then(|line| line.strip_prefix(MAGIC));
    let number = number.ok_or("it is no block file of detente")?;
    if number != FORMAT.to_string() {
        let number = plain(number);
        return Err(format!("its format is {number}; this version reads {FORMAT}"));
    }
    let damaged = "it is damaged: its bytes have not the hash at their end";
    let (content, hash) = bytes.split_at_checked(bytes.len().wrapping_sub(HASH)).ok_or(damaged)?;
    if Sha256::digest(content).as_slice() != hash {
        return Err(damaged.to_owned());
    }
    // The hash itself may hold the end of a line: the head is looked for before it.
    let within = rest.len().checked_sub(HASH).and_then(|end| rest.get(..end)).ok_or(damaged)?;
    let (head, packed) = self::line(within).ok_or("it has no head")?;
    let head: Head = serde_json::from_slice(head)
        .map_err(|error| format!("its head: {}", plain(&error.to_string())))?;
    head.check()?;
    Ok((head, packed))
}

fn line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = bytes.iter().position(|&byte| byte == b'\n')?;
    Some((&bytes[..end], &bytes[end + 1..]))
}
