package oracle

import "testing"

func TestRepeatedImaging(t *testing.T) {
	ct := func(record, day string, more ...string) string {
		out := "exam_report " + record + " 2026-" + day
		for _, m := range more {
			out += " " + m
		}
		return out + "\n"
	}
	const admission = "admission a 2026-01-20T08:00\n"
	hit := func(amount, lines string) []string {
		return []string{"EXM-001 p1|CT|HEAD|2026-03 s " + amount + " " + lines}
	}
	three := func(last string) string {
		return admission + ct("x1", "03-01T23:00") + ct("x2", "03-02T08:00") + ct("x3", last, "order_id=o3")
	}
	const fee = "fee f 2026-03-07T07:00 item_code=CT order_id=o3\n"
	runCases(t, "EXM-001", []ruleCase{
		{name: "the 7th day", log: three("03-07T00:30") + fee, want: hit("03-07T07:00..03-07T07:00 10.00", "f:10.00 x1 x2 x3")},
		{name: "the 8th day", log: three("03-08T00:00") + fee},
		{name: "no fee: raised with nothing", log: three("03-07T08:00"), want: hit("03-01T23:00..03-07T08:00 0.00", "x1 x2 x3")},
		{name: "another part", log: three("03-07T08:00 body_part=KNEE") + fee},
		{name: "an X-ray", log: three("03-07T08:00 modality=DR") + fee},
		{name: "an operation in between", log: three("03-07T08:00") + fee + "operation p 2026-03-04T08:00 until=2026-03-04T09:00"},
		{name: "an operation at a report belongs before the next", log: three("03-07T08:00") + fee + "operation p 2026-03-02T08:00 until=2026-03-02T09:00"},
		{
			name: "an operation at the next report starts the series after it",
			log:  three("03-07T08:00") + fee + "operation p 2026-03-07T08:00 until=2026-03-07T09:00", want: hit("03-07T07:00..03-07T07:00 10.00", "f:10.00 x1 x2 x3"),
		},
		{
			name: "all institutions of the person", want: []string{"EXM-001 p1|CT|HEAD|2026-03 s 03-07T07:00..03-07T07:00 10.00 f:10.00 x1 x2 x3"},
			log: three("03-07T08:00 inst=h2") + "admission b 2026-03-01T08:00 inst=h2\n" + "fee f 2026-03-07T07:00 item_code=CT order_id=o3 inst=h2",
		},
		{
			name: "a month of the report", log: admission + ct("x1", "02-27T08:00") + ct("x2", "02-28T08:00") + ct("x3", "02-28T09:00") + ct("x4", "03-01T08:00"),
			want: []string{
				"EXM-001 p1|CT|HEAD|2026-02 s 02-27T08:00..03-01T08:00 0.00 x1 x2 x3 x4",
				"EXM-001 p1|CT|HEAD|2026-03 s 02-27T08:00..03-01T08:00 0.00 x1 x2 x3 x4",
			},
		},
		{
			name: "what is in excess is not counted again", log: three("03-03T08:00") + ct("x4", "03-08T08:00") + ct("x5", "03-09T08:00"),
			want: hit("03-01T23:00..03-03T08:00 0.00", "x1 x2 x3"),
		},
		{name: "refunded", log: three("03-07T08:00") + fee + "fee r 2026-03-07T08:00 reverses=f quantity=-1 amount=-10", want: hit("03-01T23:00..03-07T08:00 0.00", "x1 x2 x3")},
	})
}

func TestLinesOfReports(t *testing.T) {
	const two = "admission a 2026-03-01T08:00\nexam_report x1 2026-03-02T07:00\nexam_report x2 2026-03-02T07:30\n"
	hit := func(amount, lines string) []string {
		return []string{"EXM-001 p1|CT|HEAD|2026-03 s 03-02T09:00..03-02T09:00 " + amount + " " + lines + " x1 x2 x3"}
	}
	third := func(more string) string { return two + "exam_report x3 2026-03-02T08:00 " + more + "\n" }
	fee := func(record, more string) string { return "fee " + record + " 2026-03-02T09:00 " + more + "\n" }
	runCases(t, "EXM-001", []ruleCase{
		{name: "by item on the day", log: third("item_code=CT") + fee("f", "item_code=CT"), want: hit("10.00", "f:10.00")},
		{name: "not by an order that a line has", log: third("item_code=CT order_id=o") + fee("f", "item_code=CT") + fee("g", "order_id=o"), want: hit("10.00", "g:10.00")},
		{name: "by item when no line has the order", log: third("item_code=CT order_id=o") + fee("f", "item_code=CT"), want: hit("10.00", "f:10.00")},
		{
			name: "the second line is the second report's, what is left is the last one's",
			log:  third("item_code=CT") + "exam_report q 2026-03-02T07:59 modality=US item_code=CT\n" + fee("f1", "item_code=CT") + fee("f2", "item_code=CT") + fee("f3", "item_code=CT"),
			want: hit("20.00", "f2:10.00 f3:10.00"),
		},
		{
			name: "of one order too", log: third("order_id=o") + "exam_report q 2026-03-02T07:59 modality=US order_id=o\n" + fee("f1", "order_id=o") + fee("f2", "order_id=o"),
			want: hit("10.00", "f2:10.00"),
		},
		{
			name: "a line of an order is not given again", log: third("item_code=CT") + "exam_report q 2026-03-02T07:59 modality=US order_id=o\n" + fee("f1", "item_code=CT order_id=o") + fee("f2", "item_code=CT"),
			want: hit("10.00", "f2:10.00"),
		},
		{
			name: "the day before is another's", log: third("item_code=CT") + "fee f 2026-03-01T23:59:59.999 item_code=CT\n",
			want: []string{"EXM-001 p1|CT|HEAD|2026-03 s 03-02T07:00..03-02T08:00 0.00 x1 x2 x3"},
		},
	})
}
