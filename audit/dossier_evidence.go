package audit

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"claimwatch"
	"claimwatch/audit/evidence"
)

func (a *Audit) registerDossierEvidence(api huma.API) {
	binary := &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	huma.Register(api, huma.Operation{
		OperationID: "get-dossier-evidence", Method: http.MethodGet, Path: "/v1/sanctions/{id}/evidence", Tags: []string{"sanctions"},
		Summary: "The evidence pack of a sanction",
		Description: "One signed archive: the sanction with its course, the dossier, the written notice, every entry of the journal about it with its proof, and the " +
			"evidence pack of each finding that it names. claimwatch verify checks it offline.",
		Responses: map[string]*huma.Response{"200": {Description: "the pack", Content: map[string]*huma.MediaType{"application/zip": binary}}},
	}, a.dossierEvidence)
}

const dossierReadme = `证据包 / Evidence pack: %s

本包由 claimwatch 生成。manifest.json 列出每个文件的 SHA-256，manifest.note 为其签名；可离线核验：claimwatch verify 文件 --pub journal.pub
This archive was made by claimwatch. manifest.json lists the SHA-256 of every file, manifest.note signs it.

sanction.json     措施及其经过 / the measure and its course
notice.pdf        书面通知 / the written notice
intent.pdf        拟处理告知书（如有） / what the institution was told before, if it was
dossier.json      卷宗数据，其 SHA-256 记入账本 / the dossier; its SHA-256 stands in the journal
dossier.pdf       供阅读的卷宗 / the dossier for reading
findings/         所涉每个疑点的证据包，可单独核验 / the evidence pack of each finding, to be verified by itself
journal/          相关账本条目及其归属证明、签名的账本头 / the entries about it with proofs of inclusion, and the signed head
%s`

// dossierEvidence makes the pack of a sanction.
func (a *Audit) dossierEvidence(ctx context.Context, in *matterInput) (*rawAnswer, error) {
	caller, err := claimwatch.CallerWith(ctx, readers...)
	if err != nil {
		return nil, err
	}
	shown, err := a.shownMatter(ctx, caller, "sanction", in.ID)
	if err != nil {
		return nil, err
	}
	v, standing, at := shown.view, shown.standing, shown.at
	c := &collection{Audit: a, ctx: ctx, caller: caller, id: v.ID, at: at}
	if err := c.add(evidence.Document("sanction.json", v)); err != nil {
		return nil, err
	}
	papers := []string{"notice"}
	if _, told := taken(&v, "announce"); told {
		papers = append(papers, "intent")
	}
	for _, name := range papers {
		l, err := a.writeSanction(ctx, &shown, name)
		if err != nil {
			return nil, err
		}
		body, err := l.PDF()
		if err := c.add(evidence.Part{Name: name + ".pdf", Body: body}, err); err != nil {
			return nil, err
		}
	}
	if text := standing.Texts["dossier"]; text != "" {
		c.parts = append(c.parts, evidence.Part{Name: "dossier.json", Body: []byte(text)})
		body, err := a.dossierLetter(ctx, standing)
		if err := c.add(evidence.Part{Name: "dossier.pdf", Body: body}, err); err != nil {
			return nil, err
		}
	}
	for _, id := range nonEmpty(strings.Split(v.Fields["findings"], ";")...) {
		one := &collection{Audit: a, ctx: ctx, caller: caller, id: id, at: at}
		pack, err := one.pack()
		if claimwatch.CodeOf(err) == claimwatch.CodeNotFound {
			c.remark("疑点 %s 不存在或不对本人开放。 Finding %s does not exist or is not for this reader.", id, id)
			continue
		}
		if err := c.add(evidence.Part{Name: "findings/" + id + ".zip", Body: pack}, err); err != nil {
			return nil, err
		}
	}
	pack, err := c.sanctionPack(v)
	if err != nil {
		return nil, err
	}
	return &rawAnswer{ContentType: "application/zip", Body: pack, Disposition: fmt.Sprintf("attachment; filename=%q", v.Number+".zip")}, nil
}

// sanctionPack adds the entries of a sanction and signs. The head comes last:
// whatever the pack tells is under it.
func (c *collection) sanctionPack(v MatterView) ([]byte, error) {
	note, head, err := c.deps.Heads.Checkpoint(c.ctx)
	if err != nil {
		return nil, err
	}
	c.head = head
	c.parts = append(c.parts, evidence.Part{Name: evidence.FileCheckpoint, Body: note})
	var entries []evidence.Entry
	for _, step := range v.History {
		if step.Seq > head.Size {
			continue // came after the head
		}
		entry, err := c.entry(step.Seq)
		if err != nil {
			return nil, err
		}
		entries = append(entries, entry)
	}
	if err := c.add(evidence.Lines(evidence.FileEntries, entries)); err != nil {
		return nil, err
	}
	remarks := ""
	if len(c.remarks) > 0 {
		remarks = "\n备注 / Remarks:\n" + strings.Join(c.remarks, "\n") + "\n"
	}
	c.parts = append(c.parts, evidence.Part{Name: "README.txt", Body: fmt.Appendf(nil, dossierReadme, v.Number, remarks)})
	pack, err := evidence.Write(evidence.Subject{Kind: "dossier", ID: v.ID, At: c.at, Key: c.deps.Heads.Key().String()}, c.parts, c.deps.Heads.Sign)
	if err != nil {
		return nil, fmt.Errorf("make evidence pack: %w", err)
	}
	return pack, nil
}
