"""Nouns of the room *who*."""

from directory.models.bodies import Body, BodyEvent, BodyMembership
from directory.models.channels import Channel
from directory.models.chart import Chart, ChartEdge, ChartNode
from directory.models.charter import Charter, CharterComment, CharterVersion
from directory.models.concerns import Concern
from directory.models.consultations import (
    ConsentQuestion,
    Consultation,
    ConsultationCount,
    ConsultVisit,
    DeskNote,
    DeskReception,
    DeskSeat,
    Destruction,
    HeardOfCount,
    Hold,
    Message,
    ReadyText,
    TallySheet,
    Trend,
)
from directory.models.departments import Department
from directory.models.desks import ConsultationDesk
from directory.models.gazetteer import GazetteerLoad, KnownPlace, PlaceKind
from directory.models.handovers import Handover
from directory.models.leaving import Attestation, AttestationRound, RoleRequest
from directory.models.notifications import Mute, Notification
from directory.models.numbers import NumberChange, NumberHold
from directory.models.opportunities import Opportunity, OpportunityQuestion
from directory.models.pages import HelpIndexPage, PlacesIndexPage, VolunteerIndexPage
from directory.models.people import Organization, User
from directory.models.places import Place, ThemedPlace
from directory.models.pledges import Pledge
from directory.models.profiles import ActivityNote, ActivityPicture, MemberProfile, PersonCard, Resource
from directory.models.reports import DeskOwner, DeskQuestion, DeskReport
from directory.models.role_statements import RoleStatement
from directory.models.roles import Invitation, Membership, RoleAssignment
from directory.models.sources import DeskSource

__all__ = [
    "ActivityNote",
    "ActivityPicture",
    "Attestation",
    "AttestationRound",
    "Body",
    "BodyEvent",
    "BodyMembership",
    "Channel",
    "Chart",
    "ChartEdge",
    "ChartNode",
    "Charter",
    "CharterComment",
    "CharterVersion",
    "Concern",
    "ConsentQuestion",
    "ConsultVisit",
    "Consultation",
    "ConsultationCount",
    "ConsultationDesk",
    "Department",
    "DeskNote",
    "DeskOwner",
    "DeskQuestion",
    "DeskReception",
    "DeskReport",
    "DeskSeat",
    "DeskSource",
    "Destruction",
    "GazetteerLoad",
    "Handover",
    "HeardOfCount",
    "HelpIndexPage",
    "Hold",
    "Invitation",
    "KnownPlace",
    "MemberProfile",
    "Membership",
    "Message",
    "Mute",
    "Notification",
    "NumberChange",
    "NumberHold",
    "Opportunity",
    "OpportunityQuestion",
    "Organization",
    "PersonCard",
    "Place",
    "PlaceKind",
    "PlacesIndexPage",
    "Pledge",
    "ReadyText",
    "Resource",
    "RoleAssignment",
    "RoleRequest",
    "RoleStatement",
    "TallySheet",
    "ThemedPlace",
    "Trend",
    "User",
    "VolunteerIndexPage",
]
