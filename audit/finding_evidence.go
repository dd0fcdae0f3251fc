package audit

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/proof"
)

// Uploaded is a revision of a record as the log holds it.
type Uploaded struct {
	Record     claimwatch.Identity
	Revision   int32
	Canonical  []byte // one line of JSON
	SHA256     string // of it, as it was accepted; hex
	ReceiptID  string
	ReceivedAt claimwatch.Instant
	Partition  int32 // of the records topic
	Offset     int64
	Index      int // of the record in its upload
	// Sent is the record as it was sent, and Signature that of its upload; both are nil
	// when nobody signed it.
	Sent      []byte
	Signature *claimwatch.Signature
}

// Originals reads what was uploaded, out of the log.
type Originals interface {
	// Uploaded gives every accepted revision of records, in order of identity and
	// position in the log.
	Uploaded(ctx context.Context, records []claimwatch.Identity) ([]Uploaded, error)
	// Receipt gives the receipt of an upload; false when it is not kept any more.
	Receipt(ctx context.Context, receiptID string) (claimwatch.Receipt, bool, error)
}

type evidenceInput struct {
	ID string `path:"id" doc:"finding_id"`
}

func (a *Audit) registerEvidence(api huma.API) {
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	huma.Register(api, huma.Operation{
		OperationID: "get-evidence", Method: http.MethodGet, Path: "/v1/findings/{id}/evidence", Tags: []string{"findings"},
		Summary: "The evidence pack of a finding",
		Description: "One signed archive: the records as the log holds them (signed ones as they were sent too, with the signatures), receipts, rule with query and parameters, knowledge rows, result, law, " +
			"correspondence, and the journal's entries with their proofs. claimwatch verify checks it offline.",
		Responses: map[string]*huma.Response{"200": {Description: "the pack", Content: map[string]*huma.MediaType{"application/zip": binary}}},
	}, a.evidence)
}

func (a *Audit) evidence(ctx context.Context, in *evidenceInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	at, err := a.deps.Clock(ctx)
	if err != nil {
		return nil, fmt.Errorf("read clock: %w", err)
	}
	c := &collection{Audit: a, ctx: ctx, caller: caller, id: in.ID, at: at}
	pack, err := c.pack()
	if err != nil {
		return nil, err
	}
	return &rawAnswer{ContentType: "application/zip", Body: pack, Disposition: fmt.Sprintf(`attachment; filename="%s.zip"`, c.detail.FindingID)}, nil
}

// collection gathers the files of one pack.
type collection struct {
	*Audit
	ctx    context.Context // of the request: a collection lives no longer
	caller claimwatch.Caller
	id     string
	at     claimwatch.Instant

	detail   FindingDetail
	rule     RuleView
	records  []Uploaded
	head     proof.Checkpoint
	articles []ArticleView
	parts    []evidence.Part
	remarks  []string // what the reader of the pack has to know
}

// pack collects and signs. The head comes last: whatever the pack tells is under it.
func (c *collection) pack() ([]byte, error) {
	for _, step := range []func() error{c.result, c.definition, c.originals, c.knowledge, c.journal, c.letters, c.paper} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	c.parts = append(c.parts, evidence.Part{Name: "README.txt", Body: []byte(c.readme())})
	about := evidence.Subject{Kind: "finding", ID: c.detail.FindingID, At: c.at, Key: c.deps.Heads.Key().String()}
	pack, err := evidence.Write(about, c.parts, c.deps.Heads.Sign)
	if err != nil {
		return nil, fmt.Errorf("make evidence pack: %w", err)
	}
	return pack, nil
}

func (c *collection) add(part evidence.Part, err error) error {
	if err == nil {
		c.parts = append(c.parts, part)
	}
	return err
}

// result is the finding as it stands, with what was decided about it as it was seen.
func (c *collection) result() (err error) {
	if c.detail, err = c.Audit.detail(c.ctx, c.id, c.caller); err != nil {
		return err
	}
	return c.add(evidence.Document("finding.json", c.detail))
}

// definition is the rule with its query, parameters and the articles that it rests on.
func (c *collection) definition() error {
	if c.deps.Book == nil {
		return nil
	}
	rule, known := c.deps.Book.Rule(c.detail.Rule)
	if !known {
		c.remark("规则 %s 已不在规则库中。 Rule %s is in the library no more.", c.detail.Rule, c.detail.Rule)
		return nil
	}
	c.rule = rule
	if rule.Version != c.detail.RuleVersion {
		c.remark("疑点由规则第 %d 版得出，所附为现行第 %d 版。 The finding was made by version %d of the rule; enclosed is version %d, the one in use.",
			c.detail.RuleVersion, rule.Version, c.detail.RuleVersion, rule.Version)
	}
	published, err := c.published(c.ctx, rule.Code)
	if err != nil {
		return err
	}
	c.articles = rule.Articles
	if err := c.judge(c.ctx, c.articles); err != nil {
		return err
	}
	query := rule.Query
	rule.Query, rule.Articles = "", nil
	if err := c.add(evidence.Document("rule/rule.json", rule)); err != nil {
		return err
	}
	if err := c.add(evidence.Document("rule/parameters.json", published)); err != nil {
		return err
	}
	c.parts = append(c.parts, evidence.Part{Name: "rule/query.sql", Body: []byte(query)})
	for _, article := range c.articles {
		text := article.Title.Chinese + "\n" + article.Label.Chinese + "\n\n" + strings.Join(article.Text, "\n") + "\n\n" + article.Note.Chinese + "\n"
		c.parts = append(c.parts, evidence.Part{Name: fmt.Sprintf("law/%s-%s.txt", article.Law, article.Article), Body: []byte(text)})
	}
	return nil
}

func (c *collection) remark(format string, args ...any) {
	c.remarks = append(c.remarks, fmt.Sprintf(format, args...))
}

// originals are the records of the finding's lines, the refunds of these lines and the
// borders of their stays, every revision of each, with the receipts of their uploads.
func (c *collection) originals() (err error) {
	if c.deps.Originals == nil {
		return nil
	}
	ids, err := c.identities()
	if err != nil {
		return err
	}
	if c.records, err = c.deps.Originals.Uploaded(c.ctx, ids); err != nil {
		return fmt.Errorf("read %d records out of the log: %w", len(ids), err)
	}
	index := make([]evidence.Record, len(c.records))
	receipts := map[string]bool{}
	for i, r := range c.records {
		name := fmt.Sprintf("records/%s/%s/%s.r%d.json", r.Record.InstitutionID, r.Record.Kind, strings.ReplaceAll(r.Record.RecordID, ":", "_"), r.Revision)
		if slices.ContainsFunc(c.parts, func(p evidence.Part) bool { return p.Name == name }) {
			name = strings.TrimSuffix(name, ".json") + fmt.Sprintf(".%d.json", i) // ids that differ in : and _ only
		}
		index[i] = evidence.Record{
			File: name, Kind: r.Record.Kind, InstitutionID: r.Record.InstitutionID, RecordID: r.Record.RecordID, Revision: r.Revision,
			SHA256: r.SHA256, ReceiptID: r.ReceiptID, ReceivedAt: r.ReceivedAt, Partition: r.Partition, Offset: r.Offset, Index: r.Index,
		}
		c.parts = append(c.parts, evidence.Part{Name: name, Body: r.Canonical})
		if r.Signature != nil {
			c.vouch(&index[i], r)
		}
		receipts[r.ReceiptID] = true
	}
	if err := c.add(evidence.Lines(evidence.FileRecords, index)); err != nil {
		return err
	}
	for _, id := range sortedKeys(receipts) {
		receipt, kept, err := c.deps.Originals.Receipt(c.ctx, id)
		if err != nil {
			return fmt.Errorf("read receipt: %w", err)
		}
		if !kept {
			c.remark("回执 %s 已过保存期。 Receipt %s is not kept any more.", id, id)
			continue
		}
		if err := c.add(evidence.Document("receipts/"+id+".json", receipt)); err != nil {
			return err
		}
	}
	return nil
}

// vouch adds what proves who signed a record: the record as it was sent, the list of
// hashes that was signed, and the signature. Of the other records of the upload the
// pack tells hashes only: they are about other people.
func (c *collection) vouch(to *evidence.Record, r Uploaded) {
	to.Sent = strings.TrimSuffix(to.File, ".json") + ".sent"
	to.Signature, to.Signed = "signatures/"+r.ReceiptID+".p7s", "signatures/"+r.ReceiptID+".txt"
	c.parts = append(c.parts, evidence.Part{Name: to.Sent, Body: r.Sent})
	if !slices.ContainsFunc(c.parts, func(p evidence.Part) bool { return p.Name == to.Signature }) {
		c.parts = append(c.parts, evidence.Part{Name: to.Signature, Body: r.Signature.DER}, evidence.Part{Name: to.Signed, Body: r.Signature.Text()})
	}
}

// identities names the records that belong into the pack.
func (c *collection) identities() ([]claimwatch.Identity, error) {
	lines := c.detail.Lines
	if c.detail.Decided != nil { // what was decided is about these, whatever the facts are now
		for _, line := range c.detail.Decided.Lines {
			lines = append(lines[:len(lines):len(lines)], LineView{Line: line})
		}
	}
	var ids []claimwatch.Identity
	add := func(id claimwatch.Identity) {
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	plain := make([]claimwatch.Line, len(lines))
	for i, line := range lines {
		plain[i] = line.Line
		add(claimwatch.Identity{InstitutionID: line.InstitutionID, Kind: line.Kind, RecordID: line.RecordID})
	}
	facts, err := c.deps.Lines(c.ctx, c.at, plain)
	if err != nil {
		return nil, fmt.Errorf("read %d lines: %w", len(plain), err)
	}
	stays := map[[2]string]bool{}
	if c.detail.StayID != nil {
		stays[[2]string{c.detail.InstitutionID, *c.detail.StayID}] = true
	}
	for i, fact := range facts {
		if fact.StayID != "" {
			stays[[2]string{plain[i].InstitutionID, fact.StayID}] = true
		}
	}
	for stay := range stays {
		if !c.caller.Sees(stay[0]) {
			continue // of another city: its lines in the finding are known, its stays are not
		}
		records, err := c.deps.Stays.StayRecords(c.ctx, stay[0], stay[1])
		if err != nil {
			return nil, fmt.Errorf("read records of a stay: %w", err)
		}
		for _, r := range records {
			id := r.Record.Identity()
			refunded := claimwatch.Identity{InstitutionID: id.InstitutionID, Kind: claimwatch.Fee, RecordID: r.Record.Field("reverses").Text}
			if id.Kind == claimwatch.Admission || id.Kind == claimwatch.Discharge || id.Kind == claimwatch.Fee && slices.Contains(ids, refunded) {
				add(id)
			}
		}
	}
	return ids, nil
}

// identifiers are all words by which rows of reference tables may speak of the pack.
func (c *collection) identifiers() map[string]bool {
	words := map[string]bool{}
	note := func(texts ...string) {
		for _, text := range texts {
			words[text] = text != ""
		}
	}
	note(c.detail.InstitutionID, c.detail.Rule)
	if c.detail.PersonID != nil {
		note(*c.detail.PersonID)
	}
	for _, r := range c.records {
		note(r.Record.InstitutionID)
		for _, quoted := range quotedTexts(r.Canonical) {
			note(quoted)
		}
	}
	return words
}

// quotedTexts gives every text of a line of JSON that holds no escapes; identifiers
// and codes never do.
func quotedTexts(line []byte) (texts []string) {
	for i, piece := range bytes.Split(line, []byte{'"'}) {
		if i%2 == 1 && !bytes.Contains(piece, []byte{'\\'}) {
			texts = append(texts, string(piece))
		}
	}
	return texts
}
