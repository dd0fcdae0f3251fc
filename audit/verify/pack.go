package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/export"
	"claimwatch/audit/journal"
	"claimwatch/audit/proof"
)

// packCheck is the examination of one pack.
type packCheck struct {
	report *Report
	opts   Options
	places map[string]evidence.Place
	told   map[string]bool // files with a fault
	cut    bool            // the archive ends too early

	unsigned int                           // records that nobody signed
	seals    map[string]*claimwatch.Signer // by file of the signature, nil when it is broken
}

// Pack checks an evidence pack: that its manifest is signed, that every file is the
// one that the manifest names, that the records have the hashes under which they were
// accepted, and that the entries of the journal are under the checkpoint.
func Pack(text []byte, opts Options) (*Report, error) {
	c := &packCheck{report: &Report{What: "pack"}, opts: opts, places: map[string]evidence.Place{}, told: map[string]bool{}}
	places, damage := evidence.Read(text)
	for _, d := range damage {
		kind := Changed
		if d.Cut {
			kind, c.cut = Cut, true
		}
		c.tell(Fault{Kind: kind, File: d.Name, Byte: d.Byte, What: d.What})
	}
	c.report.Files = len(places)
	for _, place := range places {
		if first, twice := c.places[place.Name]; twice {
			c.report.fault(Fault{Kind: Inserted, File: place.Name, Byte: place.Byte, What: fmt.Sprintf("the file stands at byte %d already", first.Byte)})
			continue
		}
		c.places[place.Name] = place
	}
	manifest, keys, sound := c.manifest()
	if sound {
		c.files(manifest, places, int64(len(text)))
	} else {
		c.report.note("the manifest cannot be trusted: which of the other files was changed cannot be said by it")
	}
	c.records()
	c.sealed()
	c.journal(keys)
	return c.report.finish(), nil
}

func (c *packCheck) tell(f Fault) {
	if f.File != "" && c.told[f.File] {
		return
	}
	c.told[f.File] = true
	c.report.fault(f)
}

// blame reports a file that is there.
func (c *packCheck) blame(kind Kind, name string, format string, args ...any) {
	c.tell(Fault{Kind: kind, File: name, Byte: c.places[name].Byte, What: fmt.Sprintf(format, args...)})
}

// manifest reads the manifest and its signature; sound says whether it is the one
// that was signed.
func (c *packCheck) manifest() (m evidence.Manifest, keys []*proof.Verifier, sound bool) {
	for _, name := range []string{evidence.FileNote, evidence.FileManifest} {
		if _, there := c.places[name]; !there {
			c.tell(Fault{Kind: Missing, File: name, What: "the pack does not have it"})
		}
	}
	text := c.places[evidence.FileManifest].Body
	m, err := evidence.ReadManifest(text)
	if err != nil && text != nil {
		c.blame(Changed, evidence.FileManifest, "%v", err)
	}
	keys = c.opts.Keys
	if named, bad := proof.NewVerifier(m.Key); len(keys) == 0 && bad == nil {
		keys = []*proof.Verifier{named}
	}
	body, by, bad := proof.OpenNote(c.places[evidence.FileNote].Body, keys...)
	signed := err == nil && body == evidence.NoteText(m, text)
	switch {
	case c.places[evidence.FileNote].Body == nil:
	case bad == nil && signed:
		c.report.key(by, c.opts)
		return m, keys, true
	case bad == nil:
		c.report.key(by, c.opts)
		c.blame(Changed, evidence.FileManifest, "it is not the manifest that was signed")
	case errors.Is(bad, proof.ErrUnsigned) && len(keys) > 0:
		c.blame(Unsigned, evidence.FileNote, "no signature of a known key")
	case len(keys) == 0:
		c.report.note("the manifest names no key: give --pub")
	default:
		c.blame(Changed, evidence.FileNote, "%v", bad)
	}
	return m, keys, signed // the note may be what was changed: its hash of the manifest still fits
}

// files holds every file against the manifest.
func (c *packCheck) files(m evidence.Manifest, places []evidence.Place, end int64) {
	listed := map[string]int{}
	cut := false
	for i, file := range m.Files {
		listed[file.Name] = i
		place, there := c.places[file.Name]
		switch {
		case !there:
			kind := Missing
			if c.cut && !cut && c.endsAt(i, m) {
				kind, cut = Cut, true
			}
			c.tell(Fault{Kind: kind, File: file.Name, Byte: end, What: "the pack does not have it"})
		case hexSum(place.Body) != file.SHA256 || len(place.Body) != file.Size:
			c.blame(Changed, file.Name, "it is not the file that the manifest names")
		}
	}
	var order []int64
	var named []evidence.Place
	for _, place := range places {
		if place.Byte != c.places[place.Name].Byte {
			continue // told: it stands twice
		}
		at, known := listed[place.Name]
		switch {
		case place.Name == evidence.FileNote:
			at = -2
		case place.Name == evidence.FileManifest:
			at = -1
		case !known:
			c.blame(Inserted, place.Name, "the manifest does not name it")
			continue
		}
		order, named = append(order, int64(at)), append(named, place)
	}
	for i, stays := range increasing(order) {
		if !stays {
			c.blame(Swapped, named[i].Name, "it stands in another place than the manifest says")
		}
	}
}

// endsAt says whether no file from a place of the manifest on is there.
func (c *packCheck) endsAt(i int, m evidence.Manifest) bool {
	for _, file := range m.Files[i:] {
		if _, there := c.places[file.Name]; there {
			return false
		}
	}
	return true
}

// records holds every record against the hash under which it was accepted.
func (c *packCheck) records() {
	index, there := c.places[evidence.FileRecords]
	if !there {
		return
	}
	for line := range bytes.Lines(index.Body) {
		var r evidence.Record
		if err := json.Unmarshal(line, &r); err != nil {
			c.blame(Changed, evidence.FileRecords, "it cannot be read: %v", err)
			return
		}
		file, there := c.places[r.File]
		if there && hexSum(file.Body) != r.SHA256 {
			c.blame(Changed, r.File, "it is not the record that was accepted under %s", r.SHA256)
		} else if !there && !c.told[r.File] {
			c.tell(Fault{Kind: Missing, File: r.File, What: "the index of records names it"})
		}
		c.seal(r)
	}
}

// journal holds the entries against the checkpoint, and what stands beside them
// against the entries.
func (c *packCheck) journal(keys []*proof.Verifier) {
	checkpoint, there := c.places[evidence.FileCheckpoint]
	if !there {
		return
	}
	head, by, err := proof.Open(checkpoint.Body, keys...)
	if err != nil {
		kind := Changed
		if errors.Is(err, proof.ErrUnsigned) {
			kind = Unsigned
		}
		c.blame(kind, evidence.FileCheckpoint, "%v", err)
		return
	}
	c.report.key(by, c.opts)
	c.report.Head = head.Head
	for _, m := range c.report.heads(keys, c.opts) {
		if !head.SameAs(m) {
			c.blame(Forked, evidence.FileCheckpoint, "the published head of %d entries is another one", m.Size)
		} else if m.Size != head.Size {
			c.report.note("the published head has %d entries, that of the pack %d: only a proof of consistency, an export or the log tells that one continues the other", m.Size, head.Size)
		}
	}
	number := 0
	for line := range bytes.Lines(c.places[evidence.FileEntries].Body) {
		number++
		seq, what := c.entry(line, head)
		if what != "" && !c.told[evidence.FileEntries] {
			c.report.fault(Fault{Kind: Changed, Seq: seq, File: evidence.FileEntries, Line: number, Byte: c.places[evidence.FileEntries].Byte, What: what})
			continue
		}
		c.report.Entries++
		c.report.Signed++
	}
}

// entry says what is wrong with an entry of the pack.
func (c *packCheck) entry(line []byte, head proof.Checkpoint) (seq uint64, what string) {
	var e evidence.Entry
	if err := export.Unmarshal(line, &e); err != nil {
		return e.Seq, err.Error()
	}
	entry, command, err := journal.ParseEntry([]byte(e.Entry))
	switch {
	case err != nil:
		return e.Seq, err.Error()
	case entry.Seq != e.Seq || entry.Hash != e.SHA256:
		return e.Seq, "its number or its sha256 is not that of the entry"
	}
	hashes := make([]proof.Hash, len(e.Hashes))
	for i, text := range e.Hashes {
		if hashes[i], err = proof.ParseHash(text); err != nil {
			return e.Seq, "its proof cannot be read"
		}
	}
	if err := proof.CheckInclusion(hashes, e.Seq, proof.Leaf(entry.Body), head); err != nil {
		return e.Seq, "it is not under the checkpoint: " + err.Error()
	}
	if file, there := c.places[e.Data]; e.Data != "" && there && hexSum(file.Body) != command.DataSHA256 {
		c.blame(Changed, e.Data, "it is not the data of entry %d", e.Seq)
	}
	return e.Seq, ""
}
