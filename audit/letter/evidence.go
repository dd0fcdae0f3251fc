package letter

import (
	"fmt"
	"strconv"

	"claimwatch"
	"claimwatch/audit/paper"
)

// Evidence is the 证据报告 of an evidence pack, for somebody who does not know the
// program, such as a judge: what was charged, what the rule says, which facts fill
// it, what was written to and fro, and how all of it can be checked.
type Evidence struct {
	Head
	Subject        string // what it is about, in a sentence
	Finding        Finding
	State          string
	RuleVersion    int
	RuleSays       string // the rule in plain words
	Parameters     []paper.Pair
	QuerySHA256    string
	AsOf           claimwatch.Instant
	Records        []EvidenceRecord
	Correspondence []Event
	Journal        []EvidenceEntry
	HeadSeq        uint64 // the chain ends there in this pack
	HeadSHA256     string
	Verify         []string // how to check the pack, step by step
}

// EvidenceRecord is a record as the institution uploaded it.
type EvidenceRecord struct {
	Kind     claimwatch.Kind
	ID       string
	Revision int32
	At       claimwatch.Instant // occurred
	Received claimwatch.Instant
	Says     string // in words
	SHA256   string // of the raw bytes
	File     string // in the pack
}

// EvidenceEntry is an entry of the journal.
type EvidenceEntry struct {
	Seq    uint64
	At     claimwatch.Instant
	What   string
	SHA256 string
}

// Letter writes the report. ErrSums: the lines of the finding are not its amount.
func (e Evidence) Letter() (paper.Letter, error) {
	l := e.letter("证据报告")
	l.To = ""
	if err := e.Finding.check(); err != nil {
		return l, err
	}
	f := e.Finding
	l.Body = []paper.Block{
		paper.Paragraph(e.Subject),
		paper.Pairs{
			{Label: "机构", Value: e.institution()},
			{Label: "问题编号", Value: f.ID},
			{Label: "状态", Value: e.State},
			{Label: "涉及金额", Value: money(f.Amount)},
			{Label: "认定时点", Value: moment(e.AsOf)},
		},
		paper.Heading("一、收取了什么"), lines(f.Lines),
		paper.Heading("二、规则怎么说"), paper.Paragraph(e.RuleSays),
		append(paper.Pairs{{Label: "规则", Value: fmt.Sprintf("%s %s，第%d版", f.Rule, f.RuleName, e.RuleVersion)}, {Label: "查询语句校验", Value: e.QuerySHA256}}, e.Parameters...),
		paper.Heading("三、法律条文"),
	}
	l.Body = append(l.Body, quotes(f.Articles...)...)
	l.Body = append(l.Body, paper.Heading("四、事实"), paper.Paragraph("理由："+f.Reason),
		paper.Paragraph("下列记录由机构上传，按上传时的原始字节保存；校验值为原始字节的SHA-256。"))
	l.Body = append(l.Body, e.records(), paper.Heading("五、往来"), events(e.Correspondence), paper.Heading("六、日志摘录"),
		paper.Paragraph("每一条日志含前一条的校验值，改动、删除、插入或调换任何一条都会使其后全部校验值不符。"), e.journal(),
		paper.Pairs{{Label: "日志末端", Value: fmt.Sprintf("第%d条 %s", e.HeadSeq, e.HeadSHA256)}}, paper.Heading("七、如何核验"))
	l.Body = append(l.Body, numbered(e.Verify)...)
	return l, nil
}

func (e Evidence) records() paper.Table {
	t := paper.Table{Fine: true, Columns: []paper.Column{{Title: "记录", Weight: 8}, {Title: "发生／接收", Weight: 7}, {Title: "内容", Weight: 14}, {Title: "文件与校验值", Weight: 15}}}
	for _, r := range e.Records {
		t.Rows = append(t.Rows, []string{
			kind(r.Kind) + "\n" + r.ID + " 第" + strconv.Itoa(int(r.Revision)) + "版", moment(r.At) + "\n" + moment(r.Received), r.Says, r.File + "\n" + r.SHA256,
		})
	}
	return t
}

func (e Evidence) journal() paper.Table {
	t := paper.Table{Fine: true, Columns: []paper.Column{{Title: "序号", Right: true}, {Title: "时间", Weight: 7}, {Title: "事项", Weight: 12}, {Title: "校验值", Weight: 16}}}
	for _, entry := range e.Journal {
		t.Rows = append(t.Rows, []string{strconv.FormatUint(entry.Seq, 10), moment(entry.At), entry.What, entry.SHA256})
	}
	return t
}
