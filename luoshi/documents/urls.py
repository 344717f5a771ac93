"""The addresses of documents."""

from django.urls import path

from luoshi.documents.views import acts, coverage, dispatch, documents, drafts

app_name = "documents"
urlpatterns = [
    path("", documents.list_documents, name="list"),
    path("new/", documents.new_document, name="new"),
    path("<int:pk>/", documents.open_document, name="open"),
    path("<int:pk>/read/", documents.read_document, name="read"),
    path("<int:pk>/file/", documents.download_file, name="file"),
    path("<int:pk>/sentences/", drafts.add_sentences, name="add"),
    path("<int:pk>/coverage/", coverage.show_coverage, name="coverage"),
    path("<int:pk>/dispatch/", dispatch.dispatch_document, name="dispatch"),
    path("<int:pk>/drafts/<slug:act>/", acts.act_on_drafts, name="drafts_act"),
    path("drafts/<int:pk>/", drafts.show_draft, name="draft"),
    path("drafts/<int:pk>/<slug:act>/", acts.act_on_draft, name="draft_act"),
]
