package province

import (
	"claimwatch"
)

// admit registers the patient and writes the first orders.
func (c *course) admit() {
	r := c.admission()
	sent := c.admitted + 5*second
	if c.twist == admissionLate {
		sent += 10 * hour
	}
	c.send(r, sent)
	c.face(c.admitted+3*minute, true)

	c.firstOrders(max(c.admitted+10*minute, c.firstOrder()))
}

// register fills in an admission.
func (c *course) register(r *claimwatch.Record) {
	texts(r, admissionSlot, 0, c.class, c.route, c.department, c.ward, c.bed, c.physician)
	list(r, admissionSlot[6], c.diagnosis)
	texts(r, admissionSlot, 7, c.injury, c.series)
}

// firstOrder is the moment before which no order is written.
func (c *course) firstOrder() claimwatch.Instant {
	switch c.twist {
	case noOrders:
		return c.admitted + 26*hour
	case ordersInTime:
		return c.admitted + 24*hour - 1
	default:
		return c.admitted
	}
}

// write puts an order, unless the plant of the stay forbids one so early.
func (c *course) write(order *claimwatch.Record) bool {
	if order.OccurredAt < c.firstOrder() {
		return false
	}
	if c.twist == ordersLate && order.OccurredAt < c.admitted+32*hour {
		c.send(order, c.admitted+32*hour)
		return true
	}
	if class := order.Values[orderSlot[0]].Text; class == "nursing" || class == "diet" {
		c.put(order)
		return true
	}
	return c.substantive(order)
}

// firstOrders are the standing orders: nursing, diet and the round of drugs.
func (c *course) firstOrders(at claimwatch.Instant) {
	length := int64(c.discharged.Day() - c.admitted.Day() + 1)
	nursing := c.order("nursing", &c.catalogue.nursing[c.nursingLevel()], at, length)
	number(nursing, orderSlot[5], int64(c.nursingLevel()))
	orders := []*claimwatch.Record{nursing, c.order("diet", &c.catalogue.registration, at+second, length)}
	for i := range 6 {
		drug := c.order("drug", &c.catalogue.drugs[c.drug(i)], at+claimwatch.Instant(i)*2*second, length)
		number(drug, orderSlot[4], 20_000) // twice a day
		orders = append(orders, drug)
		c.drugs = append(c.drugs, drug.RecordID)
	}
	for _, r := range orders {
		c.write(r)
	}
}

func (c *course) nursingLevel() int { return 1 + c.index%3 }

// drug is the n-th drug of the stay's round, of the catalogue.
func (c *course) drug(n int) int { return (c.index*7 + n*11) % len(c.catalogue.drugs) }

// care is what a day in the ward brings: the day's fees, drugs, tests,
// treatments, and what nurses write.
func (c *course) care() {
	v := c.window()
	if v.Until-v.From < hour {
		return
	}
	if c.today < c.discharged.Day() {
		c.dayFees(v)
	}
	for n := range 2 + c.intensity/2 {
		units := int64(1 + n%3)
		if r := c.fee(&c.catalogue.drugs[c.drug(n)], c.during(v), units, ""); c.substantive(r) {
			if n < len(c.drugs) {
				texts(r, feeSlot, feeOrder, c.drugs[n])
			}
			c.count(r)
			c.spoil(r)
		}
	}
	c.materials(v)
	c.tests(v)
	c.notes(v)
}

// dayFees are bed, nursing and consultation: one of each for every day but the last.
func (c *course) dayFees(v claimwatch.Interval) {
	at := max(c.today.Midnight()+10*hour, v.From)
	c.charge(c.fee(&c.catalogue.bed, at, 1, ""))
	c.charge(c.fee(&c.catalogue.nursing[c.nursingLevel()], at+second, 1, ""))
	c.charge(c.fee(&c.catalogue.consultation, at+2*second, 1, ""))
}

// materials are consumables and treatments, each item once a day.
func (c *course) materials(v claimwatch.Interval) {
	for n := range 1 + c.intensity/5 {
		i := (c.index + int(c.today) + n*3) % len(c.catalogue.consumables)
		if r := c.fee(&c.catalogue.consumables[i], c.during(v), 1, ""); c.substantive(r) {
			c.count(r)
		}
	}
	treatments := c.catalogue.treatments
	if c.home.rehab() {
		treatments = c.catalogue.rehab
	}
	for n := range 1 + c.intensity/8 {
		if r := c.fee(&treatments[(c.index+n)%len(treatments)], c.during(v), 1, ""); c.substantive(r) {
			c.count(r)
		}
	}
}

// tests are a panel of the laboratory, each test once a day and ordered, and now
// and then an examination with its report. The first day's panel is everyone's.
func (c *course) tests(v claimwatch.Interval) {
	since := int(c.today - c.admitted.Day())
	for n := range 2 + c.intensity/12 {
		i := n
		if since > 0 {
			i = (c.index + since*5 + n) % len(c.catalogue.labs)
		}
		c.ordered("lab", &c.catalogue.labs[i], c.during(v), "")
	}
	if since%4 == 0 {
		i := (c.index + since) % len(c.catalogue.exams)
		c.ordered("exam", &c.catalogue.exams[i], c.during(v), modalities[i%len(modalities)])
	}
}

// modalities are those of the exams of the catalogue, in turn.
var modalities = [...]string{"CT", "MR", "DR", "US", "ECG"}

// ordered puts an order for today, the line and, for an examination, the report:
// all of them, or none where the plant of the stay or a leave forbids one.
func (c *course) ordered(class string, i *item, at claimwatch.Instant, modality string) {
	if !c.allows(at-5*minute) || !c.allows(at) || (class == "exam" && !c.allows(at+20*minute)) {
		return
	}
	order := c.order(class, i, at-5*minute, 0)
	end := min((c.today + 1).Midnight(), c.discharged)
	order.Values[claimwatch.Order.Slot("until")] = claimwatch.Value{Num: int64(end), Set: true}
	if !c.write(order) {
		return
	}
	id := order.RecordID
	if r := c.fee(i, at, 1, id); c.substantive(r) {
		c.count(r)
	}
	if class == "exam" {
		r := c.newRecord(claimwatch.ExamReport, at+20*minute)
		number(r, reportSlot[0], int64(at+2*hour))
		texts(r, reportSlot, 1, modality, "LEG", i.code, id)
		c.substantive(r)
	}
}

// notes are what nurses and doctors write: vitals, nursing, rounds, executions,
// late in the evening and in the small hours too, so that no hospital with
// patients is silent for six hours.
func (c *course) notes(v claimwatch.Interval) {
	for n, kind := range []string{"vitals", "nursing", "round", "execution", "vitals", "execution"} {
		r := c.newRecord(claimwatch.CareRecord, v.From+(v.Until-v.From)*claimwatch.Instant(n)/6/second*second)
		texts(r, careSlot, 0, kind)
		if kind == "execution" {
			c.substantive(r)
		} else {
			c.put(r)
		}
	}
	for _, at := range []claimwatch.Instant{hour + 45*minute, 20*hour + 45*minute} {
		if at += c.today.Midnight(); at > c.admitted && at < c.discharged {
			r := c.newRecord(claimwatch.CareRecord, at)
			texts(r, careSlot, 0, "nursing")
			c.put(r)
		}
	}
	if c.today == c.planned() && c.index%5 == 0 && c.twist == plain {
		c.operate()
	}
}

// operate is an operation in the afternoon with its fee.
func (c *course) operate() {
	at := c.today.Midnight() + 13*hour
	i := &c.catalogue.surgeries[c.index%len(c.catalogue.surgeries)]
	r := c.newRecord(claimwatch.Operation, at)
	number(r, operationSlot[0], int64(at+2*hour))
	texts(r, operationSlot, 1, i.code, c.physician, "OR-1")
	number(r, operationSlot[4], 1)
	c.put(r)
	c.charge(c.fee(i, at+hour, 1, ""))
}
