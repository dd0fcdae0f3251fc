package adversary

import "claimwatch"

// themes pervade a world: they bend all that is drawn.
const (
	anything = "anything"
	split    = "split" // stays of one person, one after the other
	faces    = "faces" // identity checks
	tests    = "tests" // the same tests on the same days
	beds     = "beds"  // bed days
	gaps     = "gaps"  // bed days with leaves and little else
)

// scenes stage what rules look for, each with a stay or more of its own. Those
// that need much to come together are there twice.
var scenes = []func(*drawer){
	(*drawer).agreements, (*drawer).elsewhere, (*drawer).suspendedPhysician,
	(*drawer).twoPlaces, (*drawer).mismatches, (*drawer).emergency, (*drawer).afterDeath,
	(*drawer).readmission, (*drawer).readmission, (*drawer).overlap, (*drawer).visits, (*drawer).sharedBed, (*drawer).vitals, (*drawer).inert, (*drawer).longStay, (*drawer).crowd,
	(*drawer).pairs, (*drawer).secondary, (*drawer).addOn, (*drawer).packages, (*drawer).limits,
	(*drawer).hours, (*drawer).exclusiveHours, (*drawer).nursing, (*drawer).nursingDays, (*drawer).outside, (*drawer).onLeave,
	(*drawer).unordered, (*drawer).billed, (*drawer).unreported, (*drawer).oddRefunds, (*drawer).swapped,
	(*drawer).supply, (*drawer).prescriptions, (*drawer).refills, (*drawer).sameClass, (*drawer).catalogue, (*drawer).indication, (*drawer).scope,
	(*drawer).courses, (*drawer).imaging,
	(*drawer).injury, (*drawer).injuryCase, (*drawer).devices, (*drawer).formalities,
	(*drawer).secondary, (*drawer).sameClass, (*drawer).prescriptions, (*drawer).pairs, (*drawer).imaging, (*drawer).swapped,
	(*drawer).nursing, (*drawer).readmission, (*drawer).crowd, (*drawer).unfinished,
	(*drawer).lateUploads, (*drawer).silence, (*drawer).changed, (*drawer).claims, (*drawer).unfinished,
}

// beside draws an instant, or a millisecond before or after it.
func (d *drawer) beside(at claimwatch.Instant) claimwatch.Instant {
	return at + one(d, "beside", claimwatch.Instant(0), -1, 1)
}

// around draws the day, the day before or the day after.
func (d *drawer) around(on claimwatch.Day) claimwatch.Day {
	return on + one(d, "around", claimwatch.Day(0), -1, 1)
}

// during draws a moment of the n-th day of a stay, often its very ends.
func (d *drawer) during(s stay, n int) claimwatch.Instant {
	return s.day(n, one(d, "during", 10*hour, 12*hour, 0, day-1))
}
