package oracle

import "testing"

// first is a stay of seven days, discharged on 8 March at noon.
const first = `
	admission a1 2026-03-01T08:00 stay=s1 physician_id=dr1 ward=W bed=1
	fee l1 2026-03-01T09:00 stay=s1 item_code=LAB category=lab
	fee l2 2026-03-01T09:00 stay=s1 item_code=LAB2 category=lab
	fee l3 2026-03-01T09:00 stay=s1 item_code=CT category=exam
	discharge d1 2026-03-08T12:00 stay=s1
`

func TestSplitStayCore(t *testing.T) {
	const again = `
		fee m1 2026-03-15T09:00 stay=s2 item_code=LAB category=lab
		fee m2 2026-03-17T08:59:59.999 stay=s2 item_code=CT category=exam
		fee m3 2026-03-17T09:00 stay=s2 item_code=CT category=exam   # 48 h
		fee m4 2026-03-15T09:00 stay=s2 item_code=DRUG
	`
	const hit = "ADM-001 h1|p1|s2 s 03-15T09:00..open 20.00 m1:10.00 m2:10.00 a1 a2 d1"
	admitted := func(fields string) string {
		return first + again + "admission a2 2026-03-15T09:00 stay=s2 " + fields + "\n"
	}
	runCases(t, "ADM-001", []ruleCase{
		{name: "7 days", log: admitted(""), want: []string{hit}},
		{name: "8 days", log: first + "admission a2 2026-03-16T00:00 stay=s2"},
		{
			name: "the last instant of the 7th day", log: first + "admission a2 2026-03-15T23:59:59.999 stay=s2",
			want: []string{"ADM-001 h1|p1|s2 s 03-15T23:59:59.999..open 0.00 a1 a2 d1"},
		},
		{name: "emergency", log: admitted("route=emergency")},
		{name: "rehab is another class", log: admitted("class=rehab")},
		{name: "another institution", log: first + "admission a2 2026-03-15T09:00 stay=s2 inst=h2"},
		{name: "another person", log: first + "admission a2 2026-03-15T09:00 stay=s2 person=p2"},
		{name: "another group", log: admitted("diagnoses=S83.1")},
		{name: "same group, other code", log: admitted("diagnoses=S82.9"), want: []string{hit}},
		{name: "no group, no case", log: admitted("diagnoses=")},
		{name: "series of a", log: "admission a1 2026-03-01T08:00 series_id=x\ndischarge d1 2026-03-08T12:00\nadmission a2 2026-03-15T09:00 stay=s2 series_id=x"},
		{
			name: "another series", log: admitted("series_id=x"), want: []string{hit},
		},
		{
			name: "no group, same case",
			log: `admission a1 2026-03-01T08:00 injury_case_id=c1
				discharge d1 2026-03-08T12:00
				admission a2 2026-03-15T09:00 stay=s2 injury_case_id=c1 diagnoses=`,
			want: []string{"ADM-001 h1|p1|s2 s 03-15T09:00..open 0.00 a1 a2 d1"},
		},
		{
			name: "the discharge's diagnoses count",
			log: `admission a1 2026-03-01T08:00
				discharge d1 2026-03-08T12:00 diagnoses=M17.0;S82.1
				admission a2 2026-03-15T09:00 stay=s2`,
		},
		{
			name: "died",
			log:  "admission a1 2026-03-01T08:00\ndischarge d1 2026-03-08T12:00 disposition=died\nadmission a2 2026-03-15T09:00 stay=s2",
		},
		{name: "still open", log: "admission a1 2026-03-01T08:00\nadmission a2 2026-03-15T09:00 stay=s2"},
		{
			name: "admitted before the discharge of the same day",
			log:  "admission a1 2026-03-01T08:00\ndischarge d1 2026-03-08T12:00\nadmission a2 2026-03-08T09:00 stay=s2",
			want: []string{"ADM-001 h1|p1|s2 s 03-08T09:00..open 0.00 a1 a2 d1"},
		},
		{
			name: "not consecutive",
			log:  first + "admission am 2026-03-09T09:00 stay=sm diagnoses=M17\nadmission a2 2026-03-15T09:00 stay=s2",
		},
		{
			name: "the line of a was refunded", log: admitted("") + "fee r1 2026-03-20T09:00 stay=s1 item_code=LAB quantity=-1 amount=-10 reverses=l1",
			want: []string{"ADM-001 h1|p1|s2 s 03-15T09:00..open 10.00 m2:10.00 a1 a2 d1"},
		},
		{
			name: "the refund lies ahead of as_of", asOf: "2026-03-19T00:00",
			log:  admitted("") + "fee r1 2026-03-20T09:00 stay=s1 item_code=LAB quantity=-1 amount=-10 reverses=l1",
			want: []string{hit},
		},
	})
}

func TestSplitStayBuffer(t *testing.T) {
	const hit = "ADM-002 h1|p1|s2 r 03-16T09:00..open 0.00 a1 a2 d1"
	codes := func(n int) string {
		return first + "admission a2 2026-03-16T09:00 stay=s2\n" + []string{"", `
			fee m1 2026-03-16T09:00 stay=s2 item_code=LAB category=lab`, `
			fee m1 2026-03-16T09:00 stay=s2 item_code=LAB category=lab
			fee m2 2026-03-16T10:00 stay=s2 item_code=LAB category=lab
			fee m3 2026-03-16T09:00 stay=s2 item_code=CT category=exam`, `
			fee m1 2026-03-16T09:00 stay=s2 item_code=LAB category=lab
			fee m2 2026-03-16T10:00 stay=s2 item_code=LAB2 category=lab
			fee m3 2026-03-16T09:00 stay=s2 item_code=CT category=exam`}[n]
	}
	runCases(t, "ADM-002", []ruleCase{
		{name: "8 days, same physician", log: first + "admission a2 2026-03-16T09:00 stay=s2 physician_id=dr1", want: []string{hit}},
		{name: "7 days", log: first + "admission a2 2026-03-15T09:00 stay=s2 physician_id=dr1"},
		{
			name: "15 days", log: first + "admission a2 2026-03-23T09:00 stay=s2 physician_id=dr1",
			want: []string{"ADM-002 h1|p1|s2 r 03-23T09:00..open 0.00 a1 a2 d1"},
		},
		{name: "16 days", log: first + "admission a2 2026-03-24T09:00 stay=s2 physician_id=dr1"},
		{name: "nothing in common", log: codes(0)},
		{name: "two codes", log: codes(2)},
		{name: "three codes", log: codes(3), want: []string{hit}},
		{name: "same ward and bed", log: first + "admission a2 2026-03-16T09:00 stay=s2 ward=W bed=1", want: []string{hit}},
		{name: "same ward only", log: first + "admission a2 2026-03-16T09:00 stay=s2 ward=W bed=2"},
		{
			name: "no physician is not the same physician",
			log:  "admission a1 2026-03-01T08:00\ndischarge d1 2026-03-08T12:00\nadmission a2 2026-03-16T09:00 stay=s2",
		},
	})
}

func TestReregisteredTransfer(t *testing.T) {
	const lines = `
		fee m1 2026-03-08T13:00 stay=s2 item_code=REG category=registration
		fee m2 2026-03-09T12:59:59.999 stay=s2 item_code=LAB category=lab
		fee m3 2026-03-09T13:00 stay=s2 item_code=LAB category=lab
		fee m4 2026-03-08T13:00 stay=s2 item_code=DRUG
	`
	admitted := func(fields string) string {
		return first + lines + "admission a2 2026-03-08T13:00 stay=s2 " + fields + "\n"
	}
	const hit = "ADM-003 h1|p1|s2 s 03-08T13:00..open 20.00 m1:10.00 m2:10.00 a1 a2 d1"
	runCases(t, "ADM-003", []ruleCase{
		{name: "another department within the day", log: admitted("department=D2"), want: []string{hit}},
		{name: "same department", log: admitted("department=D1")},
		{name: "the last department of a", log: admitted("department=D2") + "transfer t1 2026-03-05T08:00 stay=s1 department=D2"},
		{
			name: "the last transfer of two", want: []string{hit},
			log: admitted("department=D2") + "transfer t1 2026-03-06T08:00 stay=s1 department=D3\ntransfer t2 2026-03-05T08:00 stay=s1 department=D2",
		},
		{name: "24 h", log: first + "admission a2 2026-03-09T12:00 stay=s2 department=D2"},
		{
			name: "just under 24 h", log: first + "admission a2 2026-03-09T11:59:59.999 stay=s2 department=D2",
			want: []string{"ADM-003 h1|p1|s2 s 03-09T11:59:59.999..open 0.00 a1 a2 d1"},
		},
		{
			name: "at once", log: first + "admission a2 2026-03-08T12:00 stay=s2 department=D2",
			want: []string{"ADM-003 h1|p1|s2 s 03-08T12:00..open 0.00 a1 a2 d1"},
		},
		{name: "before the discharge", log: first + "admission a2 2026-03-08T11:59 stay=s2 department=D2"},
		{
			name: "cured",
			log:  "admission a1 2026-03-01T08:00\ndischarge d1 2026-03-08T12:00 disposition=cured\nadmission a2 2026-03-08T13:00 stay=s2 department=D2",
		},
	})
	runCases(t, "ADM-001", []ruleCase{{name: "ADM-003 takes the place of ADM-001", log: admitted("department=D2")}})
}
