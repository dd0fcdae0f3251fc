package nhsa

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSource is how many characters a source may have (contract, section 6).
const maxSource = 256

// item fills the column of a statement in every row of the item that is valid on
// the day of the edition or later. The libraries say what the catalogue said
// before, so the whole row takes it: a row cut in two at the day of the edition
// would clash with the province's own when that is loaded again.
func (p *planner) item(e *edition, s Statement, source Source, stated map[*row]map[string]bool) {
	name := column(s.Cells)
	value, found, landed, missed := s.Cells[name], false, false, ""
	for _, r := range p.standing.items[s.Cells["item_code"]] {
		if !r.holds(e.day) {
			continue
		}
		found = true
		if stated[r] == nil {
			stated[r] = map[string]bool{}
		}
		stated[r][name] = true
		why := e.fill(r, Claim{Column: name, Value: value, Source: source})
		if why == "" {
			landed = true
		} else {
			missed = why
		}
	}
	switch {
	case !found:
		e.miss(s, whyUnknown)
	case landed:
		e.land(s)
	default:
		e.miss(s, missed)
	}
}

// fill writes one column of one row of items, when it is empty or was written by
// an earlier edition of the same list; otherwise it tells why not.
func (e *edition) fill(r *row, c Claim) (why string) {
	now := r.cells[c.Column]
	claims, others := splitClaims(r.cells["source"])
	at := slices.IndexFunc(claims, func(k Claim) bool { return k.Column == c.Column })
	own := at >= 0 && claims[at].Source.Family() == c.Source.Family() && equal(claims[at].Value, now)
	switch {
	case equal(now, c.Value):
		e.count("items").Unchanged++
		return ""
	case now != "" && !own:
		e.differs(r, map[string]string{c.Column: c.Value})
		return whyDiffers
	}
	if at >= 0 {
		claims = slices.Delete(claims, at, at+1)
	}
	source := joinClaims(append(claims, c), others)
	if utf8.RuneCountInString(source) > maxSource {
		return whyNoRoom
	}
	r.cells[c.Column], r.cells["source"], r.dirty = c.Value, source, true
	e.count("items").Changed++
	return ""
}

// release empties the columns that an earlier edition of the list has filled and
// this one does not state, as long as they hold what it wrote.
func (p *planner) release(e *edition, r *row, family string, stated map[string]bool) {
	if r.void || r.cells["source"] == "" {
		return
	}
	claims, others := splitClaims(r.cells["source"])
	kept := slices.DeleteFunc(slices.Clone(claims), func(c Claim) bool { return c.Source.Family() == family && !stated[c.Column] })
	if len(kept) == len(claims) {
		return
	}
	for _, c := range claims {
		if c.Source.Family() == family && !stated[c.Column] && equal(r.cells[c.Column], c.Value) {
			r.cells[c.Column] = ""
			e.count("items").Ended++
		}
	}
	r.cells["source"], r.dirty = joinClaims(kept, others), true
}

func joinClaims(claims []Claim, others []string) string {
	entries := slices.Clone(others)
	for _, c := range claims {
		entries = append(entries, c.String())
	}
	return strings.Join(entries, claimMark)
}
