package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"claimwatch"
)

// identityKeySize is the size of an identity key in bytes. Of 10^12 identities
// two share a key with a probability of 10^-15.
const identityKeySize = 16

// lookupAtOnce bounds the keys of one query: as a parameter in a URL a
// server takes 1 MiB.
const lookupAtOnce = 20_000

// IdentityKey is the first 16 bytes of SHA-256("institution|kind|record_id").
// Identifiers have no |, so two identities never share the hashed text.
func IdentityKey(id claimwatch.Identity) [identityKeySize]byte {
	var room [160]byte
	text := append(room[:0], id.InstitutionID...)
	text = append(text, '|')
	text = append(text, id.Kind.String()...)
	text = append(text, '|')
	text = append(text, id.RecordID...)
	sum := sha256.Sum256(text)
	return [identityKeySize]byte(sum[:identityKeySize])
}

func (db *DB) insertIdentities(ctx context.Context, records []claimwatch.Stored) error {
	n := len(records)
	rows := make([]*claimwatch.Stored, n)
	keys, hashes := make([]byte, 0, n*identityKeySize), make([]byte, 0, n*sha256.Size)
	revisions, kinds, cancelled := make([]uint32, n), make([]uint8, n), make([]bool, n)
	institutions, persons, stays, occurred := make([]string, n), make([]string, n), make([]string, n), make([]int64, n)
	for i := range records {
		r := records[i].Record
		key := IdentityKey(r.Identity())
		rows[i] = &records[i]
		keys = append(keys, key[:]...)
		hashes = append(hashes, records[i].Hash[:]...)
		revisions[i], kinds[i], cancelled[i] = uint32(r.Revision), uint8(r.Kind), r.Cancelled
		institutions[i], persons[i], stays[i] = r.InstitutionID, r.PersonID, r.StayID
		occurred[i] = millis(r.OccurredAt)
	}
	return db.insert(ctx, "identities", append(positionColumns(rows),
		column{"identity_key", "FixedString(16)", pieces(keys, identityKeySize)},
		column{"revision", "UInt32", revisions},
		column{"kind", "UInt8", kinds},
		column{"cancelled", "Bool", cancelled},
		column{"occurred_at", timeType, occurred},
		column{"institution_id", "String", institutions},
		column{"person_id", "String", persons},
		column{"stay_id", "String", stays},
		column{"content_sha256", "FixedString(32)", pieces(hashes, sha256.Size)},
	)...)
}

// LookupIdentities tells what is stored of each identity: its accepted
// revisions by log position, one entry for each revision. Identities that are
// not stored are not in the answer.
func (db *DB) LookupIdentities(ctx context.Context, ids []claimwatch.Identity) (map[claimwatch.Identity][]claimwatch.Known, error) {
	found := map[claimwatch.Identity][]claimwatch.Known{}
	for part := range slices.Chunk(ids, lookupAtOnce) {
		if err := db.lookup(ctx, part, found); err != nil {
			return nil, fmt.Errorf("look up %d identities: %w", len(ids), err)
		}
	}
	for id, known := range found {
		slices.SortFunc(known, byPosition)
		found[id] = slices.CompactFunc(known, func(a, b claimwatch.Known) bool { return a.Position == b.Position })
	}
	return found, nil
}

func byPosition(a, b claimwatch.Known) int {
	switch {
	case a.Position.Before(b.Position):
		return -1
	case b.Position.Before(a.Position):
		return 1
	default:
		return int(a.Revision) - int(b.Revision)
	}
}

func (db *DB) lookup(ctx context.Context, ids []claimwatch.Identity, found map[claimwatch.Identity][]claimwatch.Known) error {
	byKey := make(map[[identityKeySize]byte]claimwatch.Identity, len(ids))
	var keys strings.Builder
	keys.Grow(len(ids) * 2 * identityKeySize)
	for _, id := range ids {
		key := IdentityKey(id)
		if _, twice := byKey[key]; !twice {
			byKey[key] = id
			keys.WriteString(hex.EncodeToString(key[:]))
		}
	}
	var key, hash string
	var revision uint32
	var occurred time.Time
	var known claimwatch.Known
	read := func() error {
		id := byKey[[identityKeySize]byte([]byte(key))]
		known.Revision, known.OccurredAt = int32(revision), claimwatch.InstantOf(occurred)
		copy(known.Hash[:], hash)
		found[id] = append(found[id], known)
		return nil
	}
	dest := []any{
		&key, &revision, &known.Cancelled, &hash, &known.PersonID, &known.StayID, &occurred,
		&known.Position.Partition, &known.Position.Offset, &known.Position.Index,
	}
	return db.each(ctx, read, dest, `
		SELECT identity_key, revision, cancelled, content_sha256, person_id, stay_id, occurred_at, log_partition, log_offset, log_index
		FROM identities
		WHERE identity_key IN (
			SELECT toFixedString(substring(unhex({keys:String}), number * 16 + 1, 16), 16) FROM numbers({count:UInt64}))`,
		named("keys", keys.String()), named("count", len(byKey)))
}

// keysAtOnce is how many keys EachIdentityKey gets in one row.
const keysAtOnce = 65_536

// EachIdentityKey gives the key of every identity that came through the
// partitions, some of them more than once, in no order: what a Bloom filter is
// rebuilt from.
func (db *DB) EachIdentityKey(ctx context.Context, partitions []int, yield func(key [identityKeySize]byte)) error {
	// A key is followed by a mark: a FixedString cast to a String would lose
	// the zero bytes at its end, and all keys after it their place.
	var packed string
	read := func() error {
		for i := 0; i+identityKeySize < len(packed); i += identityKeySize + 1 {
			yield([identityKeySize]byte([]byte(packed[i : i+identityKeySize])))
		}
		return nil
	}
	err := db.each(ctx, read, []any{&packed}, `
		SELECT arrayStringConcat(groupArray(concat(identity_key, '|'))) FROM (
			SELECT identity_key, intDiv(rowNumberInAllBlocks(), {pack:UInt64}) AS pack
			FROM identities WHERE log_partition IN {partitions:Array(Int32)})
		GROUP BY pack`,
		named("pack", keysAtOnce), named("partitions", partitions))
	if err != nil {
		return fmt.Errorf("read identity keys: %w", err)
	}
	return nil
}
