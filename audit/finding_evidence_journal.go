package audit

import (
	"fmt"
	"slices"
	"strings"

	"claimwatch"
	"claimwatch/audit/evidence"
	"claimwatch/audit/journal"
)

// knowledgeRow is a row of a reference table as it stands when the pack is made.
type knowledgeRow struct {
	Row       map[string]string  `json:"row"`
	Load      uint64             `json:"load"` // the journal entry that brought it
	KnownFrom claimwatch.Instant `json:"known_from"`
}

// knowledge is what the reference tables that the rule reads say of the items,
// persons and institutions of the pack.
func (c *collection) knowledge() error {
	tables := append([]string{"institutions", "agreements", "laws"}, c.rule.Reads...)
	slices.Sort(tables)
	words := c.identifiers()
	for _, article := range c.articles {
		words[article.Law] = true
	}
	for _, name := range slices.Compact(tables) {
		t, err := table(name)
		if err != nil {
			return err
		}
		rows, _, err := c.deps.Tables.Rows(c.ctx, RowQuery{Table: name})
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
		var chosen []knowledgeRow
		for _, row := range rows {
			if concerns(t, row.Values, words) {
				chosen = append(chosen, knowledgeRow{rowObject(t, row.Values), row.Seq, row.KnownFrom})
			}
		}
		if len(chosen) == 0 {
			c.remark("参考表 %s 中无涉及本疑点的行。 No row of the table %s names anything of this finding.", name, name)
			continue
		}
		if err := c.add(evidence.Lines("knowledge/"+name+".ndjson", chosen)); err != nil {
			return err
		}
	}
	return nil
}

// concerns says whether a text of a row, or an element of a list, is one of the words.
func concerns(t claimwatch.Table, values []claimwatch.Value, words map[string]bool) bool {
	for i := range t.Columns {
		if i >= len(values) || !values[i].Set || values[i].Text == "" {
			continue
		}
		if slices.ContainsFunc(strings.Split(values[i].Text, claimwatch.ListSeparator), func(text string) bool { return words[text] }) {
			return true
		}
	}
	return false
}

// journal adds every entry about the finding with its proof, and the text that a
// statement brought beside the chain.
func (c *collection) journal() error {
	note, head, err := c.deps.Heads.Checkpoint(c.ctx)
	if err != nil {
		return err
	}
	c.head = head
	c.parts = append(c.parts, evidence.Part{Name: evidence.FileCheckpoint, Body: note})
	var entries []evidence.Entry
	for _, seq := range c.deps.Journal.About(c.detail.FindingID) {
		if seq > head.Size {
			continue // came after the head
		}
		entry, err := c.entry(seq)
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	return c.add(evidence.Lines(evidence.FileEntries, entries))
}

func (c *collection) entry(seq uint64) (evidence.Entry, error) {
	bodies, err := c.deps.Entries(c.ctx, seq-1, 1)
	if err != nil || len(bodies) != 1 {
		return evidence.Entry{}, fmt.Errorf("read entry %d of the journal: %d, %w", seq, len(bodies), err)
	}
	read, command, err := journal.ParseEntry(bodies[0])
	if err != nil {
		return evidence.Entry{}, err
	}
	_, hashes, err := c.deps.Journal.Inclusion(seq, c.head.Size)
	if err != nil {
		return evidence.Entry{}, err
	}
	entry := evidence.Entry{Seq: seq, SHA256: read.Hash, Hashes: make([]string, len(hashes)), Entry: string(bodies[0]), ErasedBy: c.deps.Journal.Erased(seq)}
	for i, hash := range hashes {
		entry.Hashes[i] = hash.String()
	}
	if command.Type != journal.TypeStatement && command.Type != journal.TypeAppeal {
		return entry, nil
	}
	for _, event := range c.detail.Journal {
		if event.Entry == seq && !event.Erased {
			entry.Data = fmt.Sprintf("correspondence/%06d-%s.txt", seq, command.Type)
			c.parts = append(c.parts, evidence.Part{Name: entry.Data, Body: []byte(event.Text)})
		}
	}
	return entry, nil
}

// letters are what both sides wrote: what happened in order, the notices as far as
// they are about this finding, and the files that came with statements.
func (c *collection) letters() error {
	if err := c.add(evidence.Document("correspondence/history.json", c.detail.Journal)); err != nil {
		return err
	}
	var notices []NoticeView
	for _, batch := range c.deps.Journal.Notices("", 0, 1<<30) {
		batch.Items = slices.DeleteFunc(slices.Clone(batch.Items), func(i journal.NoticeItem) bool { return i.FindingID != c.detail.FindingID })
		if len(batch.Items) > 0 && c.caller.Sees(batch.InstitutionID) {
			notices = append(notices, c.noticeView(batch, c.at))
		}
	}
	if len(notices) > 0 {
		if err := c.add(evidence.Document("correspondence/notices.json", notices)); err != nil {
			return err
		}
	}
	for _, event := range c.detail.Journal {
		for _, sum := range event.Attachments {
			name := "attachments/" + sum
			if slices.ContainsFunc(c.parts, func(p evidence.Part) bool { return p.Name == name }) || c.deps.Files == nil {
				continue
			}
			file, there := []byte(nil), false
			if _, known := c.deps.Journal.Attached(sum, c.caller); known {
				var err error
				if file, there, err = c.deps.Files(c.ctx, sum); err != nil {
					return fmt.Errorf("read attachment: %w", err)
				}
			}
			if !there {
				c.remark("附件 %s 已删除或不对本人开放。 Attachment %s was erased or is not for this reader.", sum, sum)
				continue
			}
			c.parts = append(c.parts, evidence.Part{Name: name, Body: file})
		}
	}
	return nil
}

const readmeHead = `证据包 / Evidence pack: %s

本包由 claimwatch 生成。manifest.json 列出每个文件的 SHA-256，manifest.note 为其签名；可离线核验：
claimwatch verify %s.zip --pub journal.pub
This archive was made by claimwatch. manifest.json lists the SHA-256 of every file, manifest.note signs it.

report.pdf        供阅读的报告 / the report for reading
finding.json      疑点现状、经过、决定所依据的事实 / the finding as it stands, its history, the facts decided upon
records/          原始记录，见下 / the records, see below
receipts/         上传回执 / receipts of the uploads
signatures/       上传时的电子签章，见下 / the electronic seals over the uploads, see below
rule/             规则、查询、参数 / the rule, its query, its parameters
knowledge/        规则所读参考表中涉及本疑点的行（制作本包时的现状，附装载序号）/ rows of the reference tables that the rule reads
                  and that name something of this finding, as they stand now, with the journal entry that loaded them
law/              法律条文 / the articles
correspondence/   告知、说明、决定 / notices, statements, decisions
attachments/      所附材料，以 SHA-256 命名 / enclosures, named by their SHA-256
journal/          相关账本条目及其归属证明、签名的账本头 / the entries about this finding with proofs of inclusion, and the signed head

记录说明 / About the records:
records/ 中的 .json 文件是日志所保存的字节：上传内容的规范形式（字段次序固定、缺省值补齐、数字与时刻的写法统一），并非医院发送时的
原始拼写；原始拼写仅在上传经签章时保存（.sent 文件）。content_sha256 是该规范形式的哈希，重复与冲突即据此判定。每条记录的全部已接受修订均在内。
The .json files in records/ are the bytes that the log holds: the canonical form of what was uploaded (fixed order of fields, defaults
filled in, one spelling of numbers and instants). The spelling in which the hospital sent them is kept only of signed uploads (.sent). content_sha256 is the
hash of that form, by which duplicates and conflicts were settled. Every accepted revision is here.

签章说明 / About the seals:
signatures/回执号.p7s 是机构对该次上传的签名（CMS，GB/T 35275），signatures/回执号.txt 是被签名的文本：首行之后每行为一条记录
（.sent 文件的字节）的 SHA-256，依上传次序。核验可用本程序（--ca 给出 CA 证书）；RSA、ECDSA 签名亦可用：
The .p7s is the institution's signature over the .txt of the same name: below its heading, the SHA-256 of each record of the
upload in order, of which the .sent files are here. claimwatch verify checks it (--ca FILE holds it against a CA), and so does, for RSA and ECDSA,
openssl cms -verify -binary -inform DER -in R.p7s -content R.txt -CAfile ca.pem -purpose any
无 .sent 文件的记录上传时未经签章。A record without a .sent file was uploaded without a signature.
`

func (c *collection) readme() string {
	text := fmt.Sprintf(readmeHead, c.detail.FindingID, c.detail.FindingID)
	if len(c.remarks) > 0 {
		text += "\n备注 / Remarks:\n" + strings.Join(c.remarks, "\n") + "\n"
	}
	return text
}
