package verify

import (
	"bytes"
	"crypto/sha256"

	"claimwatch"
	"claimwatch/audit/evidence"
)

// seal checks that a record of a pack was signed: the signature is over the list, the
// list names the record as it was sent, and the record was made of that.
func (c *packCheck) seal(r evidence.Record) {
	if r.Signature == "" {
		c.unsigned++
		return
	}
	for _, name := range []string{r.Sent, r.Signature, r.Signed} {
		if _, there := c.places[name]; !there {
			c.tell(Fault{Kind: Missing, File: name, What: "the index of records names it"})
			return
		}
	}
	if c.opts.Seal == nil {
		return
	}
	signer := c.signer(r)
	if signer == nil {
		return
	}
	sent := c.places[r.Sent].Body
	digests, ok := claimwatch.SignedDigests(c.places[r.Signed].Body)
	if !ok {
		c.blame(Changed, r.Signed, "it is no list of records")
		return
	}
	sum := sha256.Sum256(sent)
	if r.Index < 0 || r.Index >= len(digests)/sha256.Size || !bytes.Equal(digests[r.Index*sha256.Size:][:sha256.Size], sum[:]) {
		c.blame(Changed, r.Sent, "it is not record %d of what was signed", r.Index)
		return
	}
	canonical, err := c.opts.Canonical(sent, r.InstitutionID)
	if err != nil || !bytes.Equal(canonical, c.places[r.File].Body) {
		c.blame(Changed, r.File, "it is not the record that was signed, %s", r.Sent)
		return
	}
	c.report.sealed(r.InstitutionID, *signer, c.opts.Trust != nil)
}

// sealed says what the seals do not cover.
func (c *packCheck) sealed() {
	switch {
	case c.unsigned == 0:
	case len(c.seals) > 0:
		c.report.note("%d records were uploaded without a signature", c.unsigned)
	case c.opts.Trust != nil:
		c.report.note("no record of the pack was uploaded with a signature")
	}
}

// signer checks the signature of an upload once; nil when it is not good.
func (c *packCheck) signer(r evidence.Record) *claimwatch.Signer {
	if known, checked := c.seals[r.Signature]; checked {
		return known
	}
	if c.seals == nil {
		c.seals = map[string]*claimwatch.Signer{}
	}
	c.seals[r.Signature] = nil
	signature := c.places[r.Signature].Body
	signer, err := c.opts.Seal(signature, c.places[r.Signed].Body)
	if err != nil {
		c.blame(Changed, r.Signature, "%v", err)
		return nil
	}
	if c.opts.Trust != nil {
		if err := c.opts.Trust(signature, r.ReceivedAt); err != nil {
			c.blame(Unsigned, r.Signature, "%v", err)
			return nil
		}
	}
	c.seals[r.Signature] = &signer
	return &signer
}

// sealed counts a record under its signer.
func (r *Report) sealed(institution string, signer claimwatch.Signer, trusted bool) {
	for i := range r.Sealed {
		if r.Sealed[i].InstitutionID == institution && r.Sealed[i].Signer == signer {
			r.Sealed[i].Records++
			return
		}
	}
	r.Sealed = append(r.Sealed, Sealed{InstitutionID: institution, Signer: signer, Records: 1, Trusted: trusted})
}
