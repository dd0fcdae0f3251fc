package inspection

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"claimwatch"
)

// Format names how a draw is made. Another way would have another name.
const Format = "claimwatch-draw-1"

// Bounds of a draw.
const (
	maxWeight = 1_000_000
	maxList   = 10_000
)

// Candidate is an institution that may be drawn. With twice the weight it is
// drawn first twice as often.
type Candidate struct {
	InstitutionID string `json:"institution_id"`
	Weight        int64  `json:"weight"` // 1 to 1,000,000
}

// Inspector is a person who may be sent. Conflicts lists the institutions to which
// the person is never sent.
type Inspector struct {
	ID        string   `json:"id"`
	Conflicts []string `json:"conflicts"`
}

// DrawInput is what is fixed before the seed is known. Its canonical JSON, with the
// nonce, is what the commitment is the hash of.
type DrawInput struct {
	Format       string         `json:"format"`
	Institutions []Candidate    `json:"institutions"`
	Inspectors   []Inspector    `json:"inspectors"`
	Draw         int            `json:"draw"` // how many institutions
	Each         int            `json:"each"` // how many inspectors for each
	SeedSource   string         `json:"seed_source"`
	SeedOn       claimwatch.Day `json:"seed_on"`
	Nonce        string         `json:"nonce"` // 64 hex digits, secret until the draw
}

// Visit is an institution that was drawn, with those who go there.
type Visit struct {
	InstitutionID string   `json:"institution_id"`
	Inspectors    []string `json:"inspectors"`
}

// MadeDraw is a draw with everything that is needed to make it again.
type MadeDraw struct {
	Input      DrawInput `json:"input"`
	Commitment string    `json:"commitment"` // hex
	Seed       string    `json:"seed"`       // as it was published
	Visits     []Visit   `json:"visits"`
}

// canonical gives the bytes that are hashed: lists in order of their ids.
func (in *DrawInput) canonical() ([]byte, error) {
	sorted := *in
	sorted.Institutions = slices.SortedFunc(slices.Values(in.Institutions), func(a, b Candidate) int { return strings.Compare(a.InstitutionID, b.InstitutionID) })
	sorted.Inspectors = slices.SortedFunc(slices.Values(in.Inspectors), func(a, b Inspector) int { return strings.Compare(a.ID, b.ID) })
	for i := range sorted.Inspectors {
		conflicts := slices.Sorted(slices.Values(sorted.Inspectors[i].Conflicts))
		sorted.Inspectors[i].Conflicts = append([]string{}, conflicts...)
	}
	*in = sorted
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(sorted); err != nil {
		return nil, fmt.Errorf("write input of draw: %w", err)
	}
	return bytes.TrimRight(out.Bytes(), "\n"), nil
}

// Commit checks an input, puts it into its canonical order and gives its
// commitment in hex.
func (in *DrawInput) Commit() (string, error) {
	if err := in.check(); err != nil {
		return "", err
	}
	body, err := in.canonical()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:]), nil
}

// check refuses what could not be drawn: also an institution for which too few
// inspectors without a conflict are there, for nobody may be sent regardless.
func (in *DrawInput) check() error {
	switch {
	case in.Format != Format:
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the format is %s", Format)
	case len(in.Institutions) == 0 || len(in.Institutions) > maxList || len(in.Inspectors) > maxList:
		return claimwatch.Refuse(claimwatch.CodeInvalid, "a draw has 1 to %d institutions and at most so many inspectors", maxList)
	case in.Draw < 1 || in.Draw > len(in.Institutions):
		return claimwatch.Refuse(claimwatch.CodeInvalid, "draw is 1 to %d, the number of institutions", len(in.Institutions))
	case in.Each < 1:
		return claimwatch.Refuse(claimwatch.CodeInvalid, "each is at least 1: who inspects")
	case in.SeedSource == "":
		return claimwatch.Refuse(claimwatch.CodeInvalid, "name the public draw that gives the seed")
	}
	if nonce, err := hex.DecodeString(in.Nonce); err != nil || len(nonce) != sha256.Size {
		return claimwatch.Refuse(claimwatch.CodeInvalid, "the nonce is 64 hex digits")
	}
	seen := map[string]bool{}
	for _, p := range in.Inspectors {
		if p.ID == "" || seen[p.ID] {
			return claimwatch.Refuse(claimwatch.CodeInvalid, "inspector %q is named twice, or not at all", p.ID)
		}
		seen[p.ID] = true
	}
	seen = map[string]bool{}
	for _, c := range in.Institutions {
		switch {
		case c.InstitutionID == "" || seen[c.InstitutionID]:
			return claimwatch.Refuse(claimwatch.CodeInvalid, "institution %q is named twice, or not at all", c.InstitutionID)
		case c.Weight < 1 || c.Weight > maxWeight:
			return claimwatch.Refuse(claimwatch.CodeInvalid, "the weight of %s is 1 to %d", c.InstitutionID, maxWeight)
		case len(in.eligible(c.InstitutionID)) < in.Each:
			return claimwatch.Refuse(claimwatch.CodeInvalid, "fewer than %d inspectors have no conflict with %s", in.Each, c.InstitutionID)
		}
		seen[c.InstitutionID] = true
	}
	return nil
}

// eligible lists the inspectors who may be sent to an institution.
func (in *DrawInput) eligible(institution string) (ids []string) {
	for _, p := range in.Inspectors {
		if !slices.Contains(p.Conflicts, institution) {
			ids = append(ids, p.ID)
		}
	}
	return ids
}

// Make draws. The same input and seed give the same draw, on any machine.
func Make(in DrawInput, seed string) (MadeDraw, error) {
	commitment, err := in.Commit()
	if err != nil {
		return MadeDraw{}, err
	}
	if strings.TrimSpace(seed) != seed || seed == "" {
		return MadeDraw{}, claimwatch.Refuse(claimwatch.CodeInvalid, "the seed is what was published, without spaces around it")
	}
	s := newStream(commitment, seed)
	d := MadeDraw{Input: in, Commitment: commitment, Seed: seed, Visits: []Visit{}}
	for _, institution := range s.institutions(in.Institutions, in.Draw) {
		people := in.eligible(institution)
		s.shuffle(people, in.Each)
		d.Visits = append(d.Visits, Visit{InstitutionID: institution, Inspectors: people[:in.Each]})
	}
	return d, nil
}

// Bytes gives the draw as JSON, and its SHA-256 in hex.
func (d *MadeDraw) Bytes() (body []byte, sum string, err error) {
	body, err = json.Marshal(d)
	if err != nil {
		return nil, "", fmt.Errorf("write draw: %w", err)
	}
	hash := sha256.Sum256(body)
	return body, hex.EncodeToString(hash[:]), nil
}

// Institutions lists the drawn institutions in the order in which they were.
func (d *MadeDraw) Institutions() (ids []string) {
	for _, v := range d.Visits {
		ids = append(ids, v.InstitutionID)
	}
	return ids
}

// Verify draws again and names everything that is not as it says. commitment is
// the one that was published before; empty takes that of the file.
func Verify(body []byte, commitment string) (MadeDraw, []string) {
	var d MadeDraw
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&d); err != nil {
		return d, []string{"the file is no draw: " + err.Error()}
	}
	again, err := Make(d.Input, d.Seed)
	if err != nil {
		return d, []string{"nothing can be drawn from this input: " + err.Error()}
	}
	var faults []string
	if again.Commitment != d.Commitment {
		faults = append(faults, "the input does not have the commitment "+d.Commitment+": the list, the inspectors, the numbers, the source or the nonce were changed")
	}
	if commitment != "" && commitment != again.Commitment {
		faults = append(faults, "the commitment that was published is "+commitment+", that of the input is "+again.Commitment)
	}
	if len(again.Visits) != len(d.Visits) {
		faults = append(faults, fmt.Sprintf("%d institutions are drawn, the file names %d", len(again.Visits), len(d.Visits)))
	}
	for i := range min(len(again.Visits), len(d.Visits)) {
		want, got := again.Visits[i], d.Visits[i]
		if want.InstitutionID != got.InstitutionID || !slices.Equal(want.Inspectors, got.Inspectors) {
			faults = append(faults, fmt.Sprintf("draw %d is %s by %s, the file says %s by %s", i+1,
				want.InstitutionID, strings.Join(want.Inspectors, " "), got.InstitutionID, strings.Join(got.Inspectors, " ")))
		}
	}
	return d, faults
}
