package oracle

import "testing"

func TestNoOrders(t *testing.T) {
	const stay = `
		admission a 2026-03-01T08:00
		fee b1 2026-03-01T09:00 item_code=BED category=bed
		fee b2 2026-03-02T09:00 item_code=BED category=bed
	`
	runCases(t, "ADM-008", []ruleCase{
		{
			name: "30 h without an order", log: stay + "fee z 2026-03-02T14:00 person=p2",
			want: []string{"ADM-008 h1|p1|s1 s 03-01T08:00..open 20.00 b1:10.00 b2:10.00 a"},
		},
		{name: "the upload is behind", log: stay + "fee z 2026-03-02T13:59:59.999 person=p2"},
		{name: "as_of is behind", asOf: "2026-03-02T13:59", log: stay + "fee z 2026-03-02T14:00 person=p2"},
		{
			name: "an order ahead moves no clock", log: stay + "order o 2026-03-20T08:00",
		},
		{name: "an order at admission", log: stay + "order o 2026-03-01T08:00\nfee z 2026-03-03T14:00"},
		{name: "an order before 24 h", log: stay + "order o 2026-03-02T07:59:59.999\nfee z 2026-03-03T14:00"},
		{
			name: "an order at 24 h", log: stay + "order o 2026-03-02T08:00\nfee z 2026-03-03T14:00",
			want: []string{"ADM-008 h1|p1|s1 s 03-01T08:00..open 10.00 b1:10.00 a"},
		},
		{
			name: "an order before admission does not end it", log: stay + "order o 2026-03-01T07:00\nfee z 2026-03-03T14:00",
			want: []string{"ADM-008 h1|p1|s1 s 03-01T08:00..open 20.00 b1:10.00 b2:10.00 a"},
		},
		{name: "discharged before 24 h", log: stay + "discharge d 2026-03-02T07:59:59.999\nfee z 2026-03-03T14:00 person=p2"},
		{
			name: "discharged at 24 h", log: stay + "discharge d 2026-03-02T08:00\nfee z 2026-03-03T14:00 person=p2",
			want: []string{"ADM-008 h1|p1|s1 s 03-01T08:00..03-02T08:00 10.00 b1:10.00 a"},
		},
		{name: "a visit", log: "admission a 2026-03-01T08:00 class=outpatient\nfee z 2026-03-03T14:00 person=p2"},
		{name: "cancelled admission", log: stay + "admission a 2026-03-01T08:00 rev=2 cancelled\nfee z 2026-03-03T14:00"},
	})
}

func TestNoSubstantiveCare(t *testing.T) {
	const stay = `
		admission a 2026-03-01T08:00
		order o 2026-03-01T08:00
		fee b1 2026-03-01T09:00 item_code=BED category=bed
		fee n1 2026-03-02T09:00 item_code=NURSE category=nursing
		fee h1 2026-03-02T09:00 item_code=HOUR category=nursing
	`
	const hit = "ADM-009 h1|p1|s1 s 03-01T08:00..03-03T08:00:00.001 20.00 b1:10.00 n1:10.00"
	runCases(t, "ADM-009", []ruleCase{
		{name: "48 h", log: stay + "discharge d 2026-03-03T08:00"},
		{name: "a millisecond more", log: stay + "discharge d 2026-03-03T08:00:00.001", want: []string{hit}},
		{
			name: "open", log: stay + "front_page p 2026-03-03T08:00:00.001",
			want: []string{"ADM-009 h1|p1|s1 s 03-01T08:00..open 20.00 b1:10.00 n1:10.00"},
		},
		{
			name: "closed by the last thing known", log: stay + "care_record c 2026-03-03T08:00:00.001 type=execution", want: []string{hit},
		},
		{name: "an event in between", log: stay + "care_record c 2026-03-02T08:00 type=execution\ndischarge d 2026-03-04T08:00"},
		{name: "rounds are no events", log: stay + "care_record c 2026-03-02T08:00 type=round\ndischarge d 2026-03-03T08:00:00.001", want: []string{hit}},
		{name: "diet is no event", log: stay + "order o2 2026-03-02T08:00 class=diet\ndischarge d 2026-03-03T08:00:00.001", want: []string{hit}},
		{name: "self-pay is an event", log: stay + "fee x 2026-03-02T08:00 self_pay=true\ndischarge d 2026-03-03T08:00:00.001"},
		{name: "free is an event", log: stay + "fee x 2026-03-02T08:00 unit_price=0 amount=0\ndischarge d 2026-03-03T08:00:00.001"},
		{
			name: "refunded is none", want: []string{hit},
			log: stay + "fee x 2026-03-02T08:00\nfee r 2026-03-05T08:00 quantity=-1 amount=-10 reverses=x\ndischarge d 2026-03-03T08:00:00.001",
		},
		{
			name: "refunded to the person is none either", want: []string{hit},
			log: stay + "fee x 2026-03-02T08:00\nfee r 2026-03-05T08:00 quantity=-1 amount=-10 reverses=x self_pay=true\ndischarge d 2026-03-03T08:00:00.001",
		},
		{
			name: "the item's category, not the line's", want: []string{hit},
			log: stay + "fee x 2026-03-02T08:00 item_code=REG category=drug\ndischarge d 2026-03-03T08:00:00.001",
		},
		{
			name: "without a row the line's own",
			log:  stay + "fee x 2026-03-02T08:00 item_code=OTHER category=rehab\ndischarge d 2026-03-03T08:00:00.001",
		},
		{name: "a leave taken out", log: stay + "leave l 2026-03-02T10:00 until=2026-03-02T10:00:00.001\ndischarge d 2026-03-03T08:00:00.001"},
		{
			name: "two leaves that overlap count once", want: []string{"ADM-009 h1|p1|s1 s 03-01T08:00..03-03T10:00 20.00 b1:10.00 n1:10.00"},
			log: stay + "leave l 2026-03-02T10:00 until=2026-03-02T11:00\nleave m 2026-03-02T10:30 until=2026-03-02T11:30\ndischarge d 2026-03-03T10:00",
		},
		{
			name: "a fee inside a leave is not at issue", want: []string{"ADM-009 h1|p1|s1 s 03-01T08:00..03-03T10:00 10.00 b1:10.00"},
			log: stay + "leave l 2026-03-02T09:00 until=2026-03-02T09:30\ndischarge d 2026-03-03T10:00",
		},
		{
			name: "two gaps are one finding", want: []string{"ADM-009 h1|p1|s1 s 03-01T08:00..03-06T08:00 30.00 b1:10.00 b2:10.00 n1:10.00"},
			log: stay + "care_record c 2026-03-03T09:00 type=execution\nfee b2 2026-03-04T09:00 item_code=BED category=bed\ndischarge d 2026-03-06T08:00",
		},
		{name: "a gap without a day-unit fee", log: "admission a 2026-03-01T08:00\ndischarge d 2026-03-05T08:00"},
	})
}

func TestInertDays(t *testing.T) {
	const stay = `
		admission a 2026-03-01T08:00
		order o 2026-03-01T08:00
		fee b1 2026-03-02T09:00 item_code=BED category=bed
		fee b2 2026-03-04T09:00 item_code=BED category=bed
		discharge d 2026-03-05T08:00
	`
	runCases(t, "ADM-010", []ruleCase{
		{
			name: "two of four", log: stay + "operation x 2026-03-03T08:00 until=2026-03-03T09:00",
			want: []string{"ADM-010 h1|p1|s1 s 03-01T08:00..03-05T08:00 20.00 b1:10.00 b2:10.00 a"},
		},
		{
			name: "one of four",
			log:  stay + "operation x 2026-03-03T08:00 until=2026-03-03T09:00\nexam_report e 2026-03-02T00:00",
		},
		{name: "two days", log: "admission a 2026-03-01T08:00\ndischarge d 2026-03-03T08:00"},
		{name: "three days", log: "admission a 2026-03-01T08:00\ndischarge d 2026-03-04T08:00", want: []string{"ADM-010 h1|p1|s1 s 03-01T08:00..03-04T08:00 0.00 a"}},
		{name: "open", log: "admission a 2026-03-01T08:00\nfee z 2026-03-09T08:00"},
		{
			name: "a day fully on leave leaves two of three", log: stay + "leave l 2026-03-03T00:00 until=2026-03-04T00:00",
			want: []string{"ADM-010 h1|p1|s1 s 03-01T08:00..03-05T08:00 20.00 b1:10.00 b2:10.00 a"},
		},
		{
			name: "a day not quite on leave stays", log: stay + "leave l 2026-03-03T00:00:00.001 until=2026-03-04T00:00\noperation x 2026-03-04T08:00 until=2026-03-04T09:00",
			want: []string{"ADM-010 h1|p1|s1 s 03-01T08:00..03-05T08:00 10.00 b1:10.00 a"},
		},
		{
			name: "leaves that touch cover the day between them",
			log:  stay + "leave l 2026-03-02T00:00 until=2026-03-03T12:00\nleave m 2026-03-03T12:00 until=2026-03-04T00:00",
		},
	})
}
