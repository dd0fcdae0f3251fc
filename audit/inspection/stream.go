package inspection

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// stream gives numbers that nobody could know before the seed: block i is
// HMAC-SHA256(key, i), each of four numbers of 64 bits, most significant byte
// first; the key is SHA-256 of format, commitment and seed, a line each.
type stream struct {
	key     [sha256.Size]byte
	counter uint64
	block   []byte
}

func newStream(commitment, seed string) *stream {
	return &stream{key: sha256.Sum256([]byte(Format + "\n" + commitment + "\n" + seed))}
}

func (s *stream) next() uint64 {
	if len(s.block) == 0 {
		mac := hmac.New(sha256.New, s.key[:])
		mac.Write(binary.BigEndian.AppendUint64(nil, s.counter)) // never an error
		s.block = mac.Sum(nil)
		s.counter++
	}
	n := binary.BigEndian.Uint64(s.block)
	s.block = s.block[8:]
	return n
}

// below gives a number from 0 to n-1, each as likely: a number of the last,
// incomplete round is thrown away instead of folded back.
func (s *stream) below(n uint64) uint64 {
	round := math.MaxUint64 - (math.MaxUint64%n+1)%n // the last number of the last whole round
	for {
		if x := s.next(); x <= round {
			return x % n
		}
	}
}

// institutions draws n of the candidates one after the other, each by its weight
// among those that are left. With equal weights this is the shuffle of Fisher and
// Yates, stopped after n.
func (s *stream) institutions(all []Candidate, n int) (ids []string) {
	left := append([]Candidate{}, all...)
	total := uint64(0)
	for _, c := range left {
		total += uint64(c.Weight)
	}
	for i := range n {
		at, rest := i, s.below(total)
		for rest >= uint64(left[at].Weight) {
			rest -= uint64(left[at].Weight)
			at++
		}
		left[i], left[at] = left[at], left[i]
		total -= uint64(left[i].Weight)
		ids = append(ids, left[i].InstitutionID)
	}
	return ids
}

// shuffle puts n of the ids, drawn at random, in front.
func (s *stream) shuffle(ids []string, n int) {
	for i := range n {
		at := i + int(s.below(uint64(len(ids)-i)))
		ids[i], ids[at] = ids[at], ids[i]
	}
}
