package seal

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"claimwatch"
)

// Config says which signatures are verified. Without Roots none are.
type Config struct {
	Roots    string   // file: certificates of accepted CAs, PEM
	CRL      string   // file: their revocation lists, PEM or DER; empty: none
	Seals    string   // file: CSV institution_id,seal
	Required []string // institutions that must sign; "all" is every one
}

// All in Config.Required stands for every institution.
const All = "all"

// Keeper verifies the signatures of uploads. A nil one verifies none. It is safe for
// concurrent use.
type Keeper struct {
	cfg     Config
	current atomic.Pointer[register]
}

// register is what the files say.
type register struct {
	authorities *Authorities
	seals       seals
}

// NewKeeper reads the files of a configuration; nil when it verifies nothing.
func NewKeeper(cfg Config) (*Keeper, error) {
	if cfg.Roots == "" {
		if cfg.CRL != "" || cfg.Seals != "" || len(cfg.Required) > 0 {
			return nil, errors.New("signatures: crl, seals and required need roots, the certificates of the accepted CAs")
		}
		return nil, nil //nolint:nilnil // a nil keeper verifies none
	}
	k := &Keeper{cfg: cfg}
	return k, k.Reload()
}

// Reload reads the files anew. After an error those of before stay in use.
func (k *Keeper) Reload() error {
	texts := map[string][]byte{}
	for _, path := range []string{k.cfg.Roots, k.cfg.CRL, k.cfg.Seals} {
		if path == "" {
			continue
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("signatures: %w", err)
		}
		texts[path] = text
	}
	if k.cfg.Seals == "" {
		return errors.New("signatures: seals is wanted, which certificates are whose (institution_id,seal)")
	}
	authorities, err := ReadAuthorities(texts[k.cfg.Roots], texts[k.cfg.CRL])
	if err != nil {
		return fmt.Errorf("signatures: %s and crl: %w", k.cfg.Roots, err)
	}
	owned, err := readSeals(texts[k.cfg.Seals])
	if err != nil {
		return fmt.Errorf("signatures: %s: %w", k.cfg.Seals, err)
	}
	for _, institution := range k.cfg.Required {
		if institution != All && len(owned[institution]) == 0 {
			return fmt.Errorf("signatures: %s must sign, and %s has no seal of it", institution, k.cfg.Seals)
		}
	}
	k.current.Store(&register{authorities, owned})
	return nil
}

// Outdated says whether a revocation list in use should have been replaced by now.
func (k *Keeper) Outdated(now time.Time) bool {
	return k != nil && k.current.Load().authorities.Outdated(now)
}

// Upload is a signed upload while its records are read.
type Upload struct {
	signed      *Signed
	authorities *Authorities
	list        List
}

// Open reads the signature of a request; nil without an error when there is none and
// none is needed. The error is invalid or forbidden.
func (k *Keeper) Open(h http.Header, institution string) (*Upload, error) {
	values, sent := h[claimwatch.HeaderSignature]
	switch {
	case !sent && k != nil && k.requires(institution):
		return nil, forbidden(Missing, "this institution has to sign its uploads: put the signature of its electronic seal into %s", claimwatch.HeaderSignature)
	case !sent:
		return nil, nil //nolint:nilnil // unsigned, and it may be
	case k == nil:
		return nil, invalid(Unsupported, "this server verifies no signatures, so none would be kept as evidence: leave the header out, or ask its operator to set up signatures.roots")
	case len(values) != 1:
		return nil, invalid(Malformed, "the header stands %d times: send one signature", len(values))
	}
	s, err := ReadHeader(values[0])
	if err != nil {
		return nil, err
	}
	now := k.current.Load()
	if !now.seals.holds(institution, s.cert) {
		return nil, forbidden(Foreign, "the certificate %s (SHA-256 %s) is not one of this institution's seals: ask the operator to enter it", nameOf(s.cert), fingerprint(s.cert))
	}
	return &Upload{signed: s, authorities: now.authorities}, nil
}

func (k *Keeper) requires(institution string) bool {
	return slices.Contains(k.cfg.Required, All) || slices.Contains(k.cfg.Required, institution)
}

// Add takes the next record as it was sent; empty stands for one that is too long to
// be read. The error is invalid.
func (u *Upload) Add(record string) error {
	switch {
	case record == "":
		return invalid(Malformed, "record %d is longer than 1 MiB, which a signed upload may not hold: leave it out", u.list.Len())
	case u.list.Len() == MaxRecords:
		return invalid(Malformed, "a signed upload holds at most %d records: send them in several", MaxRecords)
	}
	u.list.Add(record)
	return nil
}

// Judge verifies the signature when all records are there, as of the reception. The
// error is invalid or forbidden.
func (u *Upload) Judge(at time.Time) (*claimwatch.Signature, error) {
	if err := u.signed.Over(u.list.Text()); err != nil {
		return nil, err
	}
	if err := u.authorities.Trust(u.signed, at); err != nil {
		return nil, err
	}
	return &claimwatch.Signature{DER: u.signed.der, Digests: u.list.Digests, Signer: u.signed.Signer()}, nil
}
