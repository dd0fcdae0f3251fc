package sink

import (
	"crypto/sha256"

	"github.com/bits-and-blooms/bloom/v3"

	"claimwatch"
)

// identityKey stands for an identity: the first 16 bytes of the SHA-256 of
// institution|kind|record_id, as in the store's table of identities.
type identityKey [16]byte

// keyMaker makes keys without allocating.
type keyMaker struct{ text []byte }

func (m *keyMaker) of(id claimwatch.Identity) identityKey {
	m.text = append(m.text[:0], id.InstitutionID...)
	m.text = append(m.text, '|')
	m.text = append(m.text, id.Kind.String()...)
	m.text = append(m.text, '|')
	m.text = append(m.text, id.RecordID...)
	sum := sha256.Sum256(m.text)
	return identityKey(sum[:16])
}

const (
	firstLayer = 1 << 18 // identities in the first layer
	layerError = 1.0 / 1024
)

// filter says of most identities without asking the store that nothing is known
// of them. It grows by layers, each twice as large as all before it and half as
// often wrong, so that the whole is wrong less than once in 500 times.
type filter struct {
	layers []*bloom.BloomFilter
	room   uint // identities that the last layer still takes
}

func newFilter() *filter { return &filter{} }

func (f *filter) add(key identityKey) {
	if f.has(key) {
		return
	}
	if f.room == 0 {
		n := uint(firstLayer) << len(f.layers)
		f.layers = append(f.layers, bloom.NewWithEstimates(n, layerError/float64(uint(1)<<len(f.layers))))
		f.room = n
	}
	f.layers[len(f.layers)-1].Add(key[:])
	f.room--
}

// has may be wrong when it says yes, never when it says no.
func (f *filter) has(key identityKey) bool {
	for i := len(f.layers) - 1; i >= 0; i-- {
		if f.layers[i].Test(key[:]) {
			return true
		}
	}
	return false
}
